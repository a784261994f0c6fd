// Package model is a county and a plan as plain, validated, versioned data. It
// depends on nothing but the standard library and knows no file format, no solver
// and no screen.
//
// # Glossary
//
//	English               Chinese        symbol   Go
//	county-managed,       县管校聘        -        -
//	school-hired
//	teacher               教师            t        Teacher
//	school                学校            s        School
//	teaching point        教学点          -        School
//	school district       学区、片区       -        DistrictID
//	township              乡镇、街道       -        Township
//	stage                 学段            g        Stage
//	post                  岗位            p        PostID, PlannedPost
//	need                  核定需求         d_p      PlannedPost.Need
//	approved posts        核定岗位         -        ApprovedPost
//	vacancy, shortage     空缺            u_p      PlannedPost.Short
//	overstaffing          超员            o_p      PlannedPost.Over
//	incumbent             在岗教师         inc_p    PlannedPost.Incumbent
//	staffing quota        编制            T_s      School.Quota
//	class cap             班额            -        Rules.ClassCap
//	pupils per staff      生师比           -        Rules.PupilsPerStaff
//	teachers per class    班师比           -        Rules.TeachersPerClass
//	weekly periods        周课时           P_j      CurriculumLine
//	second subject        兼教、包班        -        PlannedPost.Second
//	hardship tier         艰苦边远类别      -        Tier
//	hardship subsidy      差别化补贴        -        SubsidySchedule
//	transitional housing  周转房           -        School.Housing
//	partner school,       对口支援        -        School.Partner
//	paired support
//	school outside the    县域外优质学校托管  -        OutsideSchool, School.OutsidePartner
//	county
//	outreach, mentoring,  送教下乡、导师     -        Release
//	training post         团队、跟岗
//	after-school service  课后服务         -        School.AfterSchool, Rules.AfterSchool
//	principal, term       校长、任期       -        Teacher.PrincipalSince, Rules.PrincipalTermYears
//	couple, partners      夫妻            -        Teacher.Partner
//	title                 职称            -        Title
//	posts of a class,     职称结构比例      Q_cs     School.SeniorPosts, Rules.SeniorShare
//	title quota
//	yearly evaluation     考核            -        Teacher.Evaluation
//	backbone teacher      骨干教师         -        Backbone
//	points                积分            -        Teacher.Points, Rules.Points
//	rotation              轮岗            -        GroundRotation
//	exchange              交流            -        Teacher.WorkingSchool
//	special post          特岗            -        TermSpecialPost
//	special-post place    特岗名额         R        province.Province.Places
//	share of a county     县级份额         b_c      province.Share
//	posted price          影子价格         λ, μ     province.Price
//	directed training     定向培养         -        TermDirected
//	volunteer             自愿申请         -        GroundVolunteer
//	unplaced              落聘            -        PoolUnplaced, GroundUnplaced
//	left without a post   待岗            -        GroundNone
//	recruit               新招聘           -        PoolRecruit, GroundRecruit
//	seconded              借调            -        DutySeconded
//	ground of a move      依据            -        Ground
//	plan                  方案            x_tp     Plan, Assignment
//	bound, gap            下界、间隙        -        PlanLevel
//	visiting teacher      走教            d_ts     sharing.Visit, Stop
//	publication           公示            -        record.Publication
//	objection, appeal     申诉、异议        -        appeal.Appeal
//	upheld, dismissed     成立、不成立      -        appeal.Decision
//	correction            更正            -        appeal.Correction
//	amendment             调整            -        appeal.Amendment
//	touched               受影响人员        x≠y      appeal.Amendment.Touched
//	final, takes effect   生效            -        record.Final
//	record, archive       存档            e_i      record.Entry
//	certificate, duals    证明、对偶        π        Certificate
//	posting list          公示名单         -        letter.Posting
//	lesson over the       同步课堂、       n_j      sharing.Join
//	network               专递课堂
//	full curriculum       开齐开足         m_j = 0  sharing.Covered
//	balanced quality      优质均衡         -        scenario.StaffEquity
//	coefficient of        差异系数         CV       scenario.Equity
//	variation
//	supervision           督导            -        supervision.Finding
//	scenario, sweep       情景、批量测算     -        scenario.Task
//	shard                 分片            -        scenario.Shard
//	sum over counties     多县汇总         -        scenario.Total
//	horizon               多年统筹规划      k        horizon.Horizon, horizon.Year
//	outlook               预期            -        horizon.Outlook
//	cohort                学龄人口        -        horizon.Cohorts
//	attrition             流失            -        horizon.Attrition
//	conversion            特岗期满留任      -        Outlook.Conversion
//	open recruitment      公开招聘        -        horizon.Open
//	history               历年岗位        h        -
//	worth of a post       岗位影子价格      π_pk     -
//	look-ahead            滚动前瞻        V        horizon.LookAhead
//
// # Units
//
// Money is int64 [Fen], a hundredth of a yuan. Shares are basis points ([Share]).
// Distances are [Metres], positions millionths of a degree ([Position]), weekly
// periods and ratios [Tenths]. Days are [Date]. There is no floating-point number
// in a county; in a plan there are gaps.
//
// # People
//
// Teachers are known by opaque ids. Names and ID numbers stand in [Person], in a
// file of their own, and join only where a named copy is asked for.
package model
