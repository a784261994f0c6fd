package main

func Example() {
	main()
	// Output:
	// senior posts at hill: 2
	//   an    60 points  ranked     hill/primary/chinese
	//   bo    50 points  ranked     hill/primary/chinese
	//   chen  20 points  outranked  -
	//   senior posts: 2 = 2 filled + 0 open, 0 people too many
	// senior posts at hill: 1
	//   an    60 points  ranked     hill/primary/chinese
	//   bo    50 points  titles     -
	//   chen  20 points  ranked     hill/primary/chinese
	//   senior posts: 1 = 1 filled + 0 open, 0 people too many
}
