package main

func Example() {
	main()
	// Output:
	// as it is/as planned: 1 vacant (gate kept: false), 1687.33 yuan a month, proven true
	// as it is/a music teacher: 0 vacant (gate kept: true), 2574.66 yuan a month, proven true
	// S2 into S4/as planned: 1 vacant (gate kept: false), 2874.23 yuan a month, proven true
	// S2 into S4/a music teacher: 0 vacant (gate kept: true), 3761.56 yuan a month, proven true
	// nothing betters: as it is/as planned
	// nothing betters: as it is/a music teacher
}
