package main

func Example() {
	main()
	// Output:
	// synthetic people: true
	// shortage: the joint optimum is in [190901, 190901]
	// unplaced: the joint optimum is in [3, 3]
	// soft: the joint optimum is in [45936, 45936]
	// cost: the joint optimum is in [14857293, 14857293]
	// by prices alone its shortage is at least 190566
	// north gets 36240.00 yuan and 3 places; a yuan more would save 16.6 points, a yuan less cost 17.8
	// south gets 30980.00 yuan and 1 places; a yuan more would save 16.8 points, a yuan less cost 18.9
	// west gets 36760.00 yuan and 0 places; a yuan more would save 16.4 points, a yuan less cost 32.9
	// unspent: 20.00 yuan and 2 places
}
