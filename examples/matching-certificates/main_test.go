package main

func Example() {
	main()
	// Output:
	// an: hill; bo: town; chen: lake; du: no post; breaches 0, blocking pairs 4
	//   envy: an (place 2) would rather be at town, where bo (place 3) is
	//   envy: bo (place 1) would rather be at hill, where an (place 2) is
	//   envy: chen (place 1) would rather be at town, where bo (place 3) is
	//   waste: du would rather be at lake, where a place is free
	//   choice 1: 0 people
	//   choice 2: 3 people
	//   no post: 1; mean choice 2.00
	// Pareto improvement: du to lake
	// Pareto improvement: bo to hill an to town
	// an: town; bo: hill; chen: lake; du: lake; breaches 0, blocking pairs 1
	//   envy: chen (place 1) would rather be at town, where an (place 2) is
	//   choice 1: 3 people
	//   choice 2: 1 people
	//   no post: 0; mean choice 1.25
}
