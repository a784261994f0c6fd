package main

func Example() {
	main()
	// Output:
	// synthetic county, last year's amounts: 271 of 299 filled for 212380.00 yuan a month
	// a tenth more money: 273 filled for 228920.00, proven true
	// everything filled: not reachable, the nearest is 284; what binds: nobody qualified within reach
	// by chance, a fifth more: 282 to 283 filled in the mean, over the budget in 6% of years
}
