package main

func Example() {
	main()
	// Output:
	// shortage: 72000 together, 88000 one year at a time, proven: true
	// unplaced: 1 together, 0 one year at a time, proven: true
	// 2026 an stay hill/primary/music
	// 2026 bo none -
	//      music: 1 short of 2, 1 retire within the year
	// 2027 bo unplaced hill/primary/music
	//      music: 1 short of 2, 0 retire within the year
	// 2028 bo stay hill/primary/music
	//      music: 1 short of 2, 0 retire within the year
	// special-post of music: 1, start in 2026, work in 2027
}
