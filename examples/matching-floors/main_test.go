package main

func Example() {
	main()
	// Output:
	// no floor                town 6, mill 1, hill 0, lake 3; bounds missed 1, envy 0, mean choice 1.1
	// floor of 4 in the hills town 6, mill 0, hill 1, lake 3; bounds missed 0, envy 0, mean choice 1.2
	// town and mill cut to 3  town 3, mill 3, hill 1, lake 3; bounds missed 0, envy 0, mean choice 1.5
	// floor of 11             matching: floors can't be met in "hills": they ask for 11 people, at most 10 can be placed there
}
