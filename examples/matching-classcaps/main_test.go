package main

func Example() {
	main()
	// Output:
	// no cap: an town bo town chen hill du hill
	//    round 1: bo is held by town, choice 1, place 2 in its ranking
	//    round 1: chen is refused by town, choice 1, place 3 in its ranking, in favour of bo (place 2)
	//    round 1: du is refused by town, choice 1, place 4 in its ranking, in favour of bo (place 2)
	// one senior at town: an town bo hill chen town du hill
	//    round 1: bo is refused by town, choice 1, place 2 in its ranking, in favour of an (place 1)
	//    round 2: bo is held by hill, choice 2, place 2 in its ranking
	// envy within the caps: 0
	// envy without them: bo (place 2) would rather be at town, where chen (place 3) is
	// matching: mechanism: name is "boston": want "da" or "da-present" for schools with class caps
}
