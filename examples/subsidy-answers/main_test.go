package main

func Example() {
	main()
	// Output:
	// synthetic county: 271 of 299 places filled
	// 5 come to tiers [1 2 3]: [{pool   0 5}]
}
