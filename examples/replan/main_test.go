package main

func Example() {
	main()
	// Output:
	// 1 change, 4 keep the published post
	// T3 S1/primary/chinese => S2/primary/chinese fills T6
	// without: shortage 24000 higher
}
