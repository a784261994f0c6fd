package main

func Example() {
	main()
	// Output:
	// town 1. du   90 points, lottery 2a5590e091a3dfb7
	// town 2. bo   70 points, lottery 53732cd10bb21d2c
	// town 3. chen 70 points, lottery 6a962f7103209553
	// town 4. an   70 points, lottery cc9a2cbd1e33a283
	// town 5. er   70 points, lottery df0f8b5b923d3ecb
	// an => hill
	// bo => town
	// chen => town
	// du => hill
	// er => no post
	// round 1: chen is held by town, choice 1, place 3 in its ranking
	// round 1: an loses the place held at town, choice 1, place 4 in its ranking, in favour of chen (place 3)
	// round 1: er is refused by town, choice 1, place 5 in its ranking, in favour of chen (place 3)
}
