package main

func Example() {
	main()
	// Output:
	// synthetic county: 283 of 299 places filled, 266 now
	// tier 0 pays 0.00; the median place clears at -293.24 to 0.00
	// tier 1 pays 880.00; the median place clears at -388.51 to 1880.00
	// tier 2 pays 1100.00; the median place clears at 0.00 to 2100.00
	// tier 3 pays 1320.00; the median place clears at 1947.46 to 2320.00
	// tier 4 pays 1540.00; the median place clears at 1053.23 to 2540.00
	// tied to tiers: 271 filled for 216660.00 yuan a month, 8 people would rather be elsewhere
}
