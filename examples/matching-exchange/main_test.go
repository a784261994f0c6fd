package main

func Example() {
	main()
	// Output:
	// now                an hill bo town chen hill du lake; schools that lose:
	// trading cycles     an town bo hill chen lake du hill; schools that lose: hill
	// cycles and chains  an town bo hill chen lake du hill; schools that lose: hill
	// teacher-optimal    an town bo hill chen hill du lake; schools that lose:
	// round 1: an gets town by exchange, choice 1, place 2 in its ranking, with the claim of bo (place 3)
	// round 1: bo gets hill by exchange, choice 1, place 1 in its ranking, with the claim of an (place 2)
	// round 2: du is placed at lake, place 2 in its ranking
	// round 3: chen is placed at hill, place 3 in its ranking
}
