package main

func Example() {
	main()
	// Output:
	// extra shortage 0
	// extra unplaced 0
	// extra soft 0
	// extra cost 84303
	// T6 to S4/primary/chinese instead of S2/primary/chinese
	// T2 to S2/primary/chinese instead of S4/primary/chinese
	// T4 is kept from S3 by the rule exemption
	// S4/primary/music stays empty: elsewhere
}
