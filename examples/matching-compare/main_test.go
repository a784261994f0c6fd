package main

func Example() {
	main()
	// Output:
	// mechanism       an   bo   chen du   er   fang  blocking improvable worse-off schools-lose
	// da             -    hill hill mill town lake        0      false         1            0
	// da-school      -    hill hill mill town lake        0      false         1            0
	// da-present     hill hill lake mill town mill        6       true         0            0
	// ttc            -    hill hill mill town lake        0      false         1            0
	// ttc-present    hill lake town hill mill mill        5      false         0            0
	// ttcc           hill lake town mill hill mill        5      false         0            0
	// serial         -    hill -    hill town lake        1      false         2            0
	// boston         -    hill hill mill town lake        0      false         1            0
	// flexible       -    hill hill mill town lake        0      false         1            0
	// multistage     -    hill hill mill town lake        0      false         1            0
	// block-exchange hill lake town hill mill mill        5      false         0            0
	// 1s-be          hill lake town hill mill mill        5      false         0            0
	// to-be          hill lake town hill mill mill        5      false         0            0
	// couples        -    hill hill mill town lake        0      false         1            0
	// rank           town lake hill mill hill mill        4      false         0            0
}
