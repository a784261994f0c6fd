package main

func Example() {
	main()
	// Output:
	// in-school   4 people = 2 posted + 2 surplus, 3 posts = 2 filled + 1 open
	// county      4 people = 3 posted + 1 surplus, 3 posts = 3 filled + 0 open
	// adjustment  4 people = 3 posted + 1 surplus, 3 posts = 3 filled + 0 open
	// in-school   an    21 points  ranked     town/primary/chinese -> town/primary/chinese
	// in-school   bo    17 points  ranked     town/primary/chinese -> town/primary/chinese
	// in-school   chen  14 points  outranked  town/primary/chinese -> -
	// county      chen  14 points  ranked     - -> hill/primary/chinese
	// county      ding  11 points  outranked  - -> -
	// adjustment  ding  11 points  declined   - -> -
}
