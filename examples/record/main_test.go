package main

func Example() {
	main()
	// Output:
	// T2 S4/primary/chinese => S1/primary/chinese
	// others touched: 0 least: 0 proven: true
	// whole: true entries: 8 plans made again: 2
	// whole: false entry: 4 byte: 100
}
