package main

func Example() {
	main()
	// Output:
	// rule need, post S3/primary/mathematics: want at most 1 people (need 1, incumbents 0), got 2
	// rule quota, school S3: want at most 1 people (teaching quota 1, incumbents 0), got 2
	// rule exemption, teacher T4, post S3/primary/mathematics: want no rotation of who is exempt or near retirement, got a rotation
	// shortage 39000 distance 15000
	// unplaced 0 distance 0
	// soft 2305 distance 1245
	// cost 330382 distance 161649
	// to be lawful: T4 S3/primary/mathematics => S1/primary/mathematics
}
