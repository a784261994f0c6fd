package main

func Example() {
	main()
	// Output:
	// deferred acceptance: an town bo hill chen lake du mill
	//    efficient: false
	// top trading cycles: an hill bo town chen lake du mill
	//    round 1: an gets hill by exchange, choice 1, place 2 in its ranking, with the claim of bo (place 1)
	//    round 1: bo gets town by exchange, choice 1, place 3 in its ranking, with the claim of an (place 1)
	//    round 2: chen gets lake by exchange, choice 1, place 2 in its ranking, with the claim of du (place 1)
	//    round 2: du gets mill by exchange, choice 2, place 2 in its ranking, with the claim of chen (place 1)
	//    efficient: true
	//    envy: du (place 2) would rather be at town, where bo (place 3) is
	// cycles and chains: an hill bo town chen lake du mill
	//    round 1: bo gets town by exchange, choice 1, place 3 in its ranking, with the claim of an (place 1)
	//    round 1: an gets hill by exchange, choice 1, place 2 in its ranking, with the claim of bo (place 1)
	//    round 2: du gets mill by exchange, choice 2, place 2 in its ranking, with the claim of chen (place 1)
	//    round 2: chen is placed at lake, choice 1, place 2 in its ranking
	//    efficient: true
	//    envy: du (place 2) would rather be at town, where bo (place 3) is
}
