package main

func Example() {
	main()
	// Output:
	// ann => hill
	// bob => lake
	// sun => no post
	// proven: true - matching: no stable matching exists with these couples; every matching was looked at
	//   in the closest matching, ann would rather be at hill
	//   in the closest matching, bob would rather be at lake
}
