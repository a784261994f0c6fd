package main

func Example() {
	main()
	// Output:
	// teachers propose; blocking pairs 0
	//   an   => town, choice 1 of the teacher, place 2 at the school
	//   bo   => hill, choice 1 of the teacher, place 2 at the school
	//   chen => lake, choice 2 of the teacher, place 1 at the school
	//   du   => no post
	//   what an is told:
	//     round 1: an is held by town, choice 1, place 2 in its ranking
	//     round 1: chen is refused by town, choice 1, place 3 in its ranking, in favour of an (place 2)
	// schools propose; blocking pairs 0
	//   an   => hill, choice 2 of the teacher, place 1 at the school
	//   bo   => town, choice 2 of the teacher, place 1 at the school
	//   chen => lake, choice 2 of the teacher, place 1 at the school
	//   du   => no post
	//   what an is told:
	//     round 1: an is held by hill, choice 2, place 1 in its ranking
	// stable matchings in all: 2
}
