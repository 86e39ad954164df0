package rules

// riskConcepts are the groups of words that ideas name in capitals. "strangl*" is every
// word that begins so, "look_after" two words in a row.
var riskConcepts = map[string]string{
	// People.
	"I":       `i im ive id ill reportedly`,
	"SOMEONE": `i im ive id ill she shes shed mum mother client patient pt wife missus woman daughter he hes hed dad husband partner sister reportedly girlfriend boyfriend service_user`,
	"MOTHER":  `she shes shed mum mother client patient pt wife missus woman daughter sister girlfriend reportedly mam partner`,
	"ME":      `me us mum mother mam her client wife woman victim sister daughter mummy`,
	"MINE":    `my mums mothers her our his`,
	"BABY":    `baby baba babies babys infant infants newborn son sons daughter child children childs kid kids twin twins toddler little_one bub babba bairn lo neonate boy girl boys girls son_s unborn`,
	"HIM":     `him her it them his baby babies infant newborn son daughter child twin twins little_one bub bubs babba bairn neonate toddler`,
	"PARTNER": `husband husbands hubby partner partners boyfriend boyfriends fella bloke ex x man fiance girlfriend in_laws in_law father dad mil perpetrator perp spouse male fil stepdad wife missus oh other_half baby_father baby_daddy ex_partner grandfather grandmother guy lad`,
	"HE":      `he hes hed hell they`,
	"THEY":    `they theyre theyve theyd theyll people peoples persons everyone everybody neighbours neighbors neighbour midwives midwifes staff nurses doctors government police mi5 agents strangers aliens somebody someone spies you youre health_visitor social_workers men`,
	"ANYBODY": `they them theyre everyone everybody family all baby kids children world husband people son daughter he she boys girls twins`,
	"NOBODY":  `nobody nothing none arent_there arent_here isnt_there not_there isnt_here wasnt_there werent_there thin_air invisible no_peoples no_people imaginary not_real dead_people not_present`,

	// Saying no.
	"NOT":  `not no dont doesnt didnt cant cannot couldnt wont wouldnt never isnt without unable stopped refuse* nor havent hasnt aint doesn dosent hardly barely stops`,
	"ONLY": `only just`,

	// Wishes, thoughts and fears.
	"WISH":  `want wants wanted wanting wish wishes wished wishing hope hopes hoping hoped longing long pray prays praying prayed rather ready crave* fantasi* daydream* dream* beg begging begs tempted prefer ache aching wanna`,
	"THINK": `think* thought thoughts imagin* pictur* seeing see image images vision* flash flashes intrusive mind head brain idea ideas urge* impuls* daydream* wonder* fantasi* dream* dreamt nightmare* obsess* ruminat*`,
	"FEAR":  `scared afraid frightened terrified petrified fear fears fearful feared scare worried dread* frighten* terrif*`,
	"GLAD":  `relieved relief peaceful calm calms calmer`,

	// Life and death.
	"DIE":        `die dies died dying dead death suicide suicidal kill killing funeral grave buried coffin cremat* heaven perish* suicid* end_it end_it_all six_foot_under six_feet_under expire`,
	"ALIVE":      `alive living live lives life exist existing existence existed survive surviving breathing`,
	"GONE":       `gone disappear* vanish* dissolve* erased erase fade evaporat* not_here cease ceased not_around disappearing not_alive`,
	"FOREVER":    `forever permanent permanently for_good for_ever eternal* never_wake eternity always never_again permenant permanant`,
	"TIRED":      `tired sick fed_up exhausted bored weary finished finish done had_enough drained`,
	"BETTER":     `better easier happier kinder relieved calmer safer nicer fairer lighter simpler freer best thrive relief`,
	"LATER":      `birthday birthdays christmas grow_up grows_up growing_up graduat* wedding first_steps next_year first_day see_him_grow see_her_grow easter summer`,
	"AFTERWARDS": `eighteen older grown grow birthday birthdays future open drawer remember one_day eighteenth twenty_one memory`,

	// Means.
	"PILLS":   `tablets tablet tabs pills pill paracetamol ibuprofen codeine co_codamol cocodamol tramadol morphine oramorph diazepam zopiclone propranolol amitriptyline sertraline fluoxetine citalopram mirtazapine quetiapine lithium olanzapine aspirin insulin antidepressants meds medication medicine medicines painkillers overdose paracetamols nytol promethazine sleepers naproxen blister blisters co_dydramol antihistamines pregabalin gabapentin venlafaxine temazepam`,
	"TOOK":    `took taken swallow swallowed swallowing necked downed drank drunk scoffed gulped gulping ate eaten chewed washed_down ingested overdosed popped consumed neck necking`,
	"LOTS":    `all whole lot lots loads load bunch handful handfuls packet packets pack packs box boxes bottle strip strips blister too_many every rest forty thirty twenty fifty sixty hundred dozen dozens extra stack lots tons heap pile excess multiple several sixteen eighteen twelve fifteen 10 12 14 15 16 18 20 24 25 28 30 32 35 36 40 42 45 48 50 56 60 64 80 84 90 96 100 last_of remaining entire`,
	"ROUTINE": `prescribed doctor doctors gp midwife as_usual daily every_day each_day a_day every_morning every_night course antibiotics antibiotic iron vitamin vitamins folic headache pain period contraceptive mini morning_after combined thyroid pressure mg used_to advised nausea nauseous sickness tea breakfast reflux infection mastitis recommended nurse epilepsy asthma hayfever consultant dentist during labour a_week hours weeks week ago helped help_me_sleep forgot forget forgotten better`,
	"POISON":  `bleach antifreeze toilet_cleaner cleaning weedkiller weed_killer detergent dettol caustic white_spirit methanol drain_cleaner domestos disinfectant oven_cleaner screenwash screen_wash methylated pesticide rat_poison drain`,
	"MEANS":   `rope noose ligature hosepipe blade blades razor razors belt flex bleach lethal hose beam`,
	"HEIGHT":  `roof ledge bridge multi_storey multistorey multistory multi_story balcony parapet scaffolding viaduct pier cliff cliffs tracks platform railway railway_line car_park motorway flyover overpass high_rise tower_block top_floor rooftop train_line level_crossing banister bannister banisters bannisters`,
	"WATER":   `sea river lake canal water reservoir weir estuary sea_wall seafront pier beach quay harbour tide thames`,
	"WEAPON":  `gun machete shotgun axe hatchet crossbow sword hammer crowbar armed weapon petrol acid pistol rifle firearm`,

	// Violence: what is done to somebody.
	"CRUEL":       `shake shakes shaking shook shaken slap slaps slapped slapping smack smacks smacked smacking hit hits hitting punch punches punched punching puncht kick kicks kicked kicking bit biting pinch pinches pinched pinching throw throwing threw thrown fling flinging flung sling slinging slung chuck chucked chucking lob lobbed lobbing hurl hurling hurled yank yanks yanked yanking jerked jerking squeeze squeezes squeezed squeezing crush crushing crushed grabbed gripped shove shoves shoved shoving slam slams slammed slamming whack whacked whacking wallop walloped thump thumped thumping clout clouted batter battered battering burn burnt burned burning scald scalded choke choked choking smother smothers smothered smothering suffocate suffocates suffocated suffocating strangle* strangl* throttl* drown drowns drowned drowning stab stabs stabbed stabbing cut cutting spank spanked spanking hurt hurting hurts harm harms harming harmed kill killing killed murder murdering poison poisoning starve starving bash bashed bashing attack attacking attacked twist twisted twisting snap snapping injure injuring injured stamp stamping stamped rattle rattled swing swung dangl* drop_him drop_her dropping_him dropping_her microwave microwaving gouge gouging bury burying boil boiling wring wringing boot booted headbutt* flick flicked silence silencing hurl dropped_him dropped_her beat beating beats belt belted thrash thrashed lash lashing lashed`,
	"ROUGH":       `yank* yanked tugged jerked flung slung slammed lobbed hurled chucked flings hurls rammed shoved wrenched dragged rattled jolted whacked walloped thumped clouted spanked slapped smacked punched kicked shook shaken throttled smothered gagged stamped battered stuffed squashed crushed dunked belted smacks slaps hits kicks punches shakes shaking slapping smacking beats bashed bashes pinches squeezed pinched bit burned burnt scalded whacks drowned strangled choked swung jabbed poked trod elbowed thrashed smothers`,
	"PART":        `arm arms leg legs foot feet face mouth head ear ears hand hands cheek cheeks bottom bum neck throat ribs skull thigh thighs back body ankle wrist hair finger fingers tummy nose chest`,
	"MARK":        `bruise bruises bruised bruising fracture fractures fractured torn_frenulum frenulum petechiae petechial welt welts fingermarks fingermark finger_marks finger_mark burns swollen swelling cuts scratches handprint bite_mark bite_marks injury injuries marks mark`,
	"UNEXPLAINED": `explanation explain explained unexplained explains account story non_mobile plausible told tell_me why says fingertip finger fingers circular linear patterned differing ages inconsistent nobody_knows no_idea shaped handprint different_ages various_ages stages mechanism unsure pinna ear ears frenulum nobody`,
	"VIOLENT":     `batter* knocking_about knocked_about knocks_about knock_about wallop* thump* clout* slap* punch* puncht kick kicks kicked kicking push pushed pushes pushing shov* choke chokes choked choking strangl* throttl* headbut* spit spits spat drag dragged drags pinned pins beat beats beating beaten hurt hurts attack* assault* smack* hit hits hitting hitted whack* threw throws lays_into laid_into goes_for went_for roughed burned burnt burn burns stab stabbed stabs rape* raping grabbed grabs grab slam* shook shakes shake cut cuts belted smash smashed smashes molest* manhandl* hammering suffocat* torment* lashes lashed twist twisted twists force forced forces`,
	"BRUTAL":      `batter* wallop* clout* punch* puncht chok* strangl* throttl* headbut* spit spits spat drag* pinned shov* thump* beats beat beating beaten assault* rape* threaten* lays_into laid_into stabbed slaps slapped manhandl* smacks smacked knocking_about knocked_about knocks_about terroris* humiliat* degrad* molest*`,
	"BROKE":       `cracked broke broken breaks fractured smashed dislocated busted split bust`,

	// Being ruled.
	"SHUT":     `let lets letting allow allows allowed permit permits permitted give gives allowing permission`,
	"FREEDOM":  `go goes out outside alone leave see have use talk talking speak money phone cash work working friends family doctor doctors docters gp key keys drive car bank spend study english visit call house door shop shops visitors college school medication tablets antidepressants sister mosque church contact food eat seen heating medicine learn leaves nappies`,
	"HOSPITAL": `hospital ward section caesarean covid nicu scbu c_section surgery neonatal operation theatre labour dvla birth`,
	"CONTROL":  `control controls controlled controlling check checks checking checked read reads monitor monitors monitored track tracks tracked took takes taken take keep keeps kept hold holds hide hides hid demand demands decide decides decided confiscat* smash smashed smashes delete deleted deletes lock locks locked count counts counted time times insist insists spend spends search searches searched steals stole stolen rations want_see reads_all go_through goes_through look_in looks_at looks_in`,
	"MYTHINGS": `phone messages texts money wages passport visa bank benefits bank_card card receipts receipt whatsapp facebook location keys documents papers mileage emails id pin internet contacts laptop salary salery pocket_money account`,
	"CAPTIVE":  `locked lock locks locking close closed shut trapped prisoner bolted padlocked imprison* inside`,

	// Unreal.
	"SPY":        `watch watching watched watches listen listening listens spy spying spies film filming filmed record recording records recorded track tracking tracked monitoring bugged bugging hack hacked hacking tapped following followed scanning beaming broadcast*`,
	"DEVICE":     `phone tv telly television radio camera cameras wall walls socket sockets plug plugs alarms wifi internet monitor babymonitor radiator radiators vent vents lights lamp lightbulb lightbulbs bulb router alexa satellite satellites drone drones laptop fridge microwave speakers speaker pipes ceiling`,
	"PLANT":      `put puts putting planted plant planting hid hidden inserted implanted implant placed injected inject installed fitted sewn`,
	"VISIONS":    `insects spiders worms maggots bugs snakes rats figures shadow shadows ghost ghosts spirits demons faces angels jinn creature creatures man_standing peoples persons hallucinat*`,
	"SEE":        `see sees seeing saw seen`,
	"TALK":       `talk talks talking speak speaks speaking whisper whispers whispering chat chatting chats mutter* laugh* lafing lafs argue arguing converse* shouting answering mumbling respond* conversation conversations replying singing`,
	"SENDS":      `message messages sign signs signal signals meaning meant mean means meaning warn warns warning warned code codes decode decoding decoded spell spells spelling pattern patterns secret secrets instruction* command* tell telling tells told pointing clue clues cipher hint hints`,
	"OMEN":       `number_plates number_plate numberplates plates numbers clock clocks songs adverts birds crows magpies lights licence_plates headlines bible newspaper news telly tv radio lyrics numberplate register traffic_lights street_lights stars moon cards billboard* feeding_times street_lamps weather`,
	"POWER":      `power powers chosen prophet prophecy messiah saviour immortal invincible telepath* mission destiny destined reincarnat* angel god jesus heal holy queen king divine enlightened prophesy sent_by been_sent thousands_of_years universe invisible_force gift`,
	"BIZARRE":    `strange strangely weird wierd odd oddly bizarre confused confusion muddled disorientated disoriented agitated rambling nonsense incoherent tripping manic gibberish erratic frantic trance vacant elated paranoid frenzied delirious chaotic`,
	"SLEEPLESS":  `havent_slept not_slept hasnt_slept dont_sleep doesnt_sleep no_sleep without_sleep dont_need_sleep dont_need_it sleepless awake_since awake_for up_since not_sleeping barely_slept barely_sleeping hardly_slept not_sleep no_need_sleep need_sleep not_been_sleeping awake_all up_all doesnt_need_sleep never_sleeps isnt_sleeping havent_been_sleeping hardly_sleeping stopped_sleeping slept_in_days slept_for_days awake_days awake`,
	"HIGH":       `buzzing buzzin ecstatic euphori* elated mission genius invincible brilliant racing full_of_energy so_much_energy energised energized unstoppable laughing writing_on disinhibit* grandios* pressured talking_fast talking_nonstop talking_non_stop incredible never_felt amazing superhuman powers ideas plans cleaning wired high spending singing dancing clearer clear alive electric boundless flying speeding`,
	"EVIL":       `evil wicked demonic devil demon demons satan satanic jinn djinn cursed possessed curse spirit spirits shaitan shaytan black_magic witch witchcraft juju evil_spirit antichrist`,
	"OTHER_FACE": `different wrong changed changes old strange someone_elses fake not_his not_her switched`,

	// Collapse.
	"COLLAPSED": `lifeless limp floppy rag_doll unresponsive unconscious not_moving not_responding stopped_moving fitting seizure seizures convuls* jerking twitching fit blue grey gray eyes_rolled eyes_rolling gone_silent gone_quiet not_waking wont_wake cant_wake stiff collapsed purple mottled passed_out wont_respond unrousable blacked_out rolled_back rolling_back no_pulse floppy drowsy cold_and`,

	// What ordinary messages are about: these weigh against risk.
	"FEEDING":     `feed feeds feeding fed breastfeed* breast latch* bottle bottles milk formula wean* weaning express* pump* nursing reflux colic gaviscon thickener teat winding ounces oz dummy solids puree toast nipple nipples teething`,
	"SLEEPING":    `sleep sleeps sleeping slept asleep nap naps night nights bedtime tired knackered shattered exhausted awake cot settles settle wakes waking clockwork regression`,
	"SERVICES":    `gp midwife midwives health_visitor hv nurse appointment appointments referral referred refer form clinic leaflet interpreter email ring telephone contact team service services session group groups course cbt counselling therapy consultant physio mornings afternoons wednesday thursday tuesday monday friday`,
	"HOUSE":       `washing dinner tea coffee shopping bills boiler damp kitchen_roll cleaning housework laundry dishes telly garden pram supermarket school nursery work job holiday money council`,
	"WELL":        `fine well better healthy happy good lovely enjoy enjoying safe recovered support supportive helpful calm laughs smiles smiling giggles love loves loved cuddles cuddle proud ok okay alright settled warm kind brilliant patient thriving weight`,
	"CLINICAL_NO": `nil denies denied none negative no_concerns no_risk no_history resolved appropriate appropriately discharged stable closed previously historic historical`,
	"PAST":        `ago years year_old when_i_was as_a_teenager childhood since_then used_to 2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 teenager teens twenties first_pregnancy`,
	"BIRTHING":    `birth labour section forceps ventouse theatre epidural midwife contractions induction induced nicu scbu neonatal premature prem delivery ward postnatal stitches tear placenta emergency_section`,
	"FEELING":     `sad low guilty guilt anxious anxiety worried worrier worry lonely flat tearful cry cries crying cried overwhelmed embarrassed jealous stressed bond bonding bonded close connect attachment numb resent grief miss grieving`,
	"MEDICAL":     `jabs vaccin* rash eczema thyroid asthma allergy temperature infection scan sertraline iron mg omeprazole weight centile tongue_tie jaundice cold cough hip heart_murmur`,
	// How things are said.
	"NOW":            `now tonight today just minute minutes already still here please help quick hurry`,
	"SECRET":         `secret secretly nobody_knows dont_tell hide hiding hidden whisper* quietly pretend* lie lied lying told_to_say`,
	"ALWAYS":         `always every everything everyone constantly nobody never nothing forever any_more all only`,
	"QUIET":          `quiet silence silent peace peaceful still calm stop stopped end over rest`,
	"LEAVING":        `leave left leaving go going gone away goodbye farewell walk walked drive drove run ran`,
	"HOLDING":        `hold held holding put pushed push pressed grab grabbed pulled pull threw throw dropped drop take took lift lifted`,
	"LOST_CONTROL":   `snap snapped lost_it lose_it temper rage anger angry control furious cross frustration frustrated explode fury mad`,
	"STRONG":         `hard tight rough roughly purpose deliberately forced force strong so_hard too_hard`,
	"BLOOD":          `blood bleed bleeding bled cut cuts cutting scar scars wound`,
	"BODY":           `neck throat wrist wrists arm arms leg legs head face mouth chest hand hands body skin ribs eye eyes back`,
	"SHARP":          `knife knives blade blades razor razors scissors glass`,
	"SECRET_MEANING": `know knows really truth real realised worked_out understand meaning meant`,
	"RELIGION":       `god allah jesus angel angels devil demon spirit spirits soul heaven pray prayer prayers church jinn hell bible prophet`,
	"FAR_MONEY":      `money wages bank card passport phone keys benefits account visa documents`,
	"ARRANGED":       `letters letter note insurance passwords will funeral rings jewellery sorted arranged guardian* guardianship drawer`,
	"MEANS_ANY":      `tablets pills paracetamol medication codeine insulin rope bridge train lorry river sea roof belt car motorway platform tracks`,
	"SELF":           `myself me my self`,
	"LIFE_WORDS":     `life live living world earth alive existence exist born`,
}
