// Package synthetic makes counties of any size: real rules and a real
// curriculum, made-up schools and made-up people, drawn with a seed. The same
// options and seed give the same county, byte for byte, on every platform.
// Each school and each teacher has random numbers of its own, so that a change in
// one school does not change what is drawn for another.
//
// # Landscapes
//
// A county lies in a [Plain], in the mountains ([Mountain]) or in [Pastoral]
// country. The landscape sets how far apart townships lie, how far villages lie
// from them, which schools there are, hardship tiers and boarding:
//
//	             townships            teaching   nine-year  boarders from    tiers   road     forced
//	             apart                points     schools    grade 4 on               factor   move
//	plain        12 km                30 %       30 %       10 to 30 %       1-4     130 %    40 km
//	mountain     8 km in valleys,     60 %       45 %       35 to 60 %       1-6     170 %    40 km
//	             16 km between them
//	pastoral     30 km                45 %       70 %       55 to 85 %       1-6     120 %    80 km
//
// Teaching points are a share of the village schools, nine-year schools of the
// rural townships. Where the road factor or the distance is not that of the policy
// pack, the county has an override. In place of a landscape's made-up townships a
// [Gazetteer] gives real ones: [Zhangwu] and [Fumeng] are such counties.
//
// # Calibration
//
// The outline starts from the number of people and works back to schools. The
// need of a school is estimated by the formula of package allocation, which this
// package may not import: the weekly periods of its classes by the load of a
// post, cut at the teaching quota, by largest remainder over the subjects. Town
// schools have 40 % of the need. On their books they have 14 to 19 % more people
// than that, which leaves 8 to 15 % at work above the need once leave and exchange
// are taken off; rural schools have 11 to 21 % fewer than they need. So the county
// as a whole is in balance or a little short, and vacancies stand in villages and
// in PE, music, fine art, English, science and information technology. Three per
// cent of the people are in the pool. Town schools gain or lose classes until
// the sum comes out.
//
// Of the people, see [DefaultProfile]: the shares of volunteers (11 % of those who
// may move), exemptions (3 to 4 % maternity, 1 % illness), leave and secondment
// (2 %) are the project's calibration. The pyramids of age and title, degrees,
// backbone shares and points are assumed, in the shape of national statistics;
// no table stands behind them. The subsidy table is Chenxi county's, carried on to
// six tiers. A county lists all of this in its Origin.
//
// A teacher has 15 to 35 eligible posts on average in counties of 2,000 to 20,000
// teachers, most of all through those due for rotation. Profile.Turnover decides
// how many are due: a lower turnover gives more pairs.
package synthetic
