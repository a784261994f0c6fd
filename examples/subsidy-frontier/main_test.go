package main

func Example() {
	main()
	// Output:
	// synthetic county; ranges over money weighing a quarter less to a quarter more than declared, an assumption
	// 271 filled (271 to 273) for 212380.00 yuan a month, proven true; one more costs 11080.00 to 11080.00
	// 274 filled (271 to 276) for 245620.00 yuan a month, proven true; one more costs 5045.00 to 11080.00
	// 278 filled (272 to 280) for 265800.00 yuan a month, proven true; one more costs 5045.00 to 11540.00
	// 279 filled (272 to 280) for 277340.00 yuan a month, proven true; one more costs 11540.00 to 18300.00
	// 282 filled (273 to 283) for 332240.00 yuan a month, proven true; one more costs 14220.00 to 18300.00
	// 284 filled (273 to 284) for 360680.00 yuan a month, proven true; one more costs 14220.00 to 14220.00
}
