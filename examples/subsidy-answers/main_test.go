package main

func Example() {
	main()
	// Output:
	// synthetic county: 539 of 596 places filled
	// a place more: 9435.00 to 9435.00 yuan a month
	// 10.5% off every amount saves 45805.90 yuan a month and fills 4 places fewer
	// S001, tier 0: a place more for 1400.00 yuan a month on top, 1400.00 to 1700.00
	// S002, tier 0: a place more for 1300.00 yuan a month on top, 1300.00 to 1300.00
	// S003, tier 0: a place more for 2100.00 yuan a month on top, 1700.00 to 2700.00
	// S004, tier 0: no money helps (needed)
	// directed is better value below 8005.00 yuan a month for each of 4
	// special_posts is better value below 8005.00 yuan a month for each of 4
	// 8 come to tier 2: [{pool   0 8}]
}
