package main

func Example() {
	main()
	// Output:
	// boston
	//   an tells the truth [town hill lake] and gets town
	//     0 of 16 lists get more
	//   bo tells the truth [town hill lake] and gets lake
	//     [hill] gets hill
	//     [hill town] gets hill
	//     [hill town lake] gets hill
	//     [hill lake] gets hill
	//     [hill lake town] gets hill
	//     5 of 16 lists get more
	//   chen tells the truth [hill town lake] and gets hill
	//     0 of 16 lists get more
	// deferred acceptance
	//   an tells the truth [town hill lake] and gets town
	//     0 of 16 lists get more
	//   bo tells the truth [town hill lake] and gets hill
	//     0 of 16 lists get more
	//   chen tells the truth [hill town lake] and gets lake
	//     0 of 16 lists get more
}
