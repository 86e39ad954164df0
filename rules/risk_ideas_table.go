package rules

// anyWords is a row of ideas: what a phrase says in fixed words, in any.
func anyWords(id, category, level string, t trait, reason, source string) riskRow {
	return riskRow{Signal: Signal{Category: category, Level: level, Rule: id}, traits: t, reason: reason, source: source}
}

// riskIdeas are rows of concepts, where riskRows are rows of phrases.
func riskIdeas() []riskRow {
	return []riskRow{
		// Somebody may die within the hour.
		anyWords("danger-swallowed", CategoryDanger, LevelEmergency, negatable|done|past, "an overdose or poison just taken",
			`
			TOOK PILLS LOTS !ROUTINE !when_i_was !nearly !hand !line* !my_tablet
			i|ive|she|shes|mum|client|wife|just|husband|girlfriend > TOOK >> PILLS !ROUTINE
			TOOK > some|few|those|these|the|couple|bunch|enough > PILLS !ROUTINE
			TOOK|drink|drinks|drinking|drunk POISON !lock !cupboard
			necked|swallowed|downed|swallowing|popped|necking > LOTS|them|the_lot !milk|coffee|water|pint|formula|bottle|bottles|feed|tea|breakfast|lunch|dinner|food|lager|sandwich
			PILLS sleepy|drowsy|woozy|typing|dizzy|slurring|slurred|vomiting|sorry|goodbye|fuzzy|heavy|peaceful TOOK|work|working|kicking|starting|started|empty|gone|down|taking !ROUTINE
			empty > blister|packets|packet|bottle|bottles|pack|strips|boxes PILLS|wife|client|she|found|photo|blister|floor|bed|photograph
			i|ive|she|shes|he > TOOK > too_many|overdose|od !ROUTINE !last_month !month !yesterday !when_i_was !when_she_was !intentional
			down|gone|had|inside PILLS|of_them forty|thirty|fifty|twenty|sixty|odd|wine|vodka|whisky|peaceful !ROUTINE !years !old
			the_last_of_them wine|vodka|waiting|down|goodbye|now
			swallowed|swallow > battery|batteries|magnet|magnets|coin|pills|tablets|bleach
			od|overdose|ingested|ingestion mins|minutes|ago|approx|now|today|slurring|empty|tonight|this_morning|an_hour|ambulance !years !year !months !teen* !no !nil !denies !historic !denied !previous !weeks !last_week !2019 !2018 !2020
			drink|drank|drinking|swallow|eat|ate > poison|rats|bleach|cleaner|antifreeze|chemicals|petrol|acid !rat_race
			tooken|tookk|takin|took|taken|had > PILLS sleepy|sorry|tell|goodbye|tel|drowsy|feeling|loads|mum !prescribed !doctor !reflux
			didnt_think_it_would|thought_it_would > work|hurt|be|take fast|quick|slow|long|tingling|lips !feeding !medication !cream`),
		anyWords("danger-collapsed", CategoryDanger, LevelEmergency, negatable|past, "a baby or adult who has collapsed",
			`
			BABY|he|she|hes|shes|her|him|babba|eyes|lips|skin COLLAPSED help|now|like_a|quick|cant|wont|proper|feed|not|isnt|still|jerking|eyes|gone|cold|and_cold|minutes|please|breathing !idiom !asleep !clothes !labour !born !eyes_are !last_winter !jab !jabs !ago !well !fine !playing
			BABY|he|she|hes|shes > rag_doll|lifeless|unconscious|unresponsive|unrousable
			BABY|he|she|hes|shes > is|having|started|still|keeps|now|just|gone|went|turned|turning > fit|fitting|fits|seizure|convuls*|blue|floppy|limp|stiff|grey|lifeless|purple !idiom !clothes !last !ago !year !labour !born !well !fine !stopped !medication
			COLLAPSED|cold|staring wont|cant|not|doesnt|isnt feed|wake|cry|make_a_sound|respond|move|look|rouse|blink !idiom !labour !born
			fell|went|slipped|slid|rolled under|bath|water|pool|pond not|isnt|wont|cant|coughing|choking|blue|breath*|crying|doing|limp !idiom !fine
			choked|choking|choke silent|blue|breath*|quiet|limp|stuck|grape|floppy|purple !idiom !fine !ok !last !ago !mouth
			not_moving|stopped_moving|not_responding|not_breathing BABY|he|hes|she|shes|head|fell|him|her !idiom
			rash glass|press|disappear|fade|purple not|wont|doesnt|isnt|still
			grunting|ribs|sucking_in|sucked_in breath*|chest|fast|sucking|each_breath !feed
			seizure|fitting|convuls*|fits minutes|prolonged|ongoing|stop|stopped|stopping|still|keeps|now|help !well !ago !last !idiom
			cant|cannot|wont|doesnt|not|couldnt > peep|sound|rouse|wake > out|from|of|him|her|up !sleep !night !quiet !asleep !idiom
			vomit*|coughing|throwing > blood
			breathing|breath|breathes|breaths > funny|weird|fast|odd|strange|noisy|shallow|wrong|struggl*|gasp*|wheez*|rattly|rattling|stop_start baby|she|shes|he|hes|lips|chest !when_asleep !exercise* !panic !asthma
			lips|tongue|face|skin|hands > blue|grey|purple|gray|dusky|weird_colour|funny_colour|white|colour|black !black_eye !rash_cream !birthmark !pen !tongue_tie !thrush
			temperature|fever|burning_up|boiling|hot floppy|rash|wont_wake|drowsy|unresponsive|fitting|stiff_neck|open !rash_cream !gone !better
			NOT > open > eyes|her_eyes|his_eyes !sleepy !newborn_photo
			fell|fallen|falls|dropped > from|out|down|on|onto|her|him > window|balcony|stairs|head|concrete|height sick|sleepy|drowsy|vomit*|unconscious|blood|moving|crack|baby|hes|shes|he|she !fine !checked !ok !last !ago !better !week !a_and_e !seen !in_the_post !phone !wipes !weight
			choking|choke help|now|please|quick|hes|shes|baby !worry !scared !afraid !in_case !course !first_aid !reflux !mucus
			not|no|never|stopped|isnt|wont > move|moving|cry|breathe|respond baby|he|she|hes|shes cry|move|breath*|now|cold|help|respond|blue !on !house !idiom !labour !born !stopped_crying_when
			sleepy|drowsy|limp|lethargic cannot|cant|wont|not|difficult|hard > wake|feed|rouse baby|he|she|hes|shes !me !i !well !tongue
			come_round|coming_round|come_to|came_round not|hasnt|wont|isnt fit|seizure|faint*|head|he|she|baby !house !visit !to_see !tea !midwife
			waters cord|green|brown|meconium hanging|out|now|broke|gone !last !when_i
			crowning|head_is_coming|baby_is_coming|baby_coming_now
			fell|fallen|falls|fallen_out|tumbled out|from|off window|balcony|roof|upstairs|loft|stairs not_moving|moving|blood|unconscious|not|still|crying|limp !fine !checked !ok
			not|no|never > take|taking|get|getting|have > air|breath|oxygen !fresh_air !air_in !out_in
			stopped|stop|stopt > breathing|breath he|she|hes|shes|baby|help|now|dont_know !worry !worried !scared !check !afraid !when_born !born !idiom
			cant|cannot > keep > eyes_open|my_eyes_open|awake lips|tingling|work|fast|slurring|pills|tablets|took|taken|cold !tired !knackered !feed*
			slurring|slurred|drowsy|unrousable od|overdose|pills|tablets|propranolol|ago|phone|pt|paracetamol !stroke`),
		anyWords("danger-fallen-water", CategoryDanger, LevelEmergency, proof, "under the water, or left",
			`
			went_under|gone_under|slipped_under|under_the_water bath|water|pool cry*|breath*|moving|anything|anythin|responding|quiet|now|still
			neighbour|door|inside|window|property|answer|flat|locked BABY|screaming|crying alone|hours|hour|left|leave|hear no_answer|unattended|alone|suitcase|visible|mother_left|inside
			BABY alone|unattended|by_himself|by_herself|on_his_own|on_her_own flat|house|hours|bath|car|sofa|hour|indoors|locked|pub|shop|street left|leave|went|gone|without|out|visible|found !not_left|never|scared|afraid|worried|feel|hard|dont
			left_her|left_him|left_them|left_baby|without_her|without_him bus|train|shop|flat|sofa|asleep|locked|pub|alone door|alone|home|hours|flat|sofa|indoors|own !mum|nan|husband|sister|nursery|partner|dad
			BABY|he|hes|she|shes|him|her|them|little_one cot|bed|bath|flat|house|home|pram|car alone|own|nobody|by_himself|by_herself|no_one|no_adult|unattended|on_his_own|on_her_own left|walked_out|train|station|im_at|couldnt_stay|went|gone|coast|away|out|drove|with_him !sleep_training !settle !self_settle !playing !sleeps !mum !monitor !next_to !feel !lonely
			walked_out|couldnt_stay|left_them|left_him|left_her|had_to_go alone|nobody|own !work !late !mum !nan
			face_down|under_the_water|floating|under_water bath|pool|cot|found|not|crying|breath* !think* !thoughts !scared !imagin* !urge !tummy_time !sleeps !mattress_firm
			walking|walked|wading|going|gone|swimming > into|in > sea|river|water|lake|reservoir cold|long|southend|now|bye|not_for_long|deep|dark|clothes !beach_day !paddl* !swimming_lesson !toddler
			wrong_side|other_side|over_the > railings|railing|rail|barrier|fence|yellow_line|parapet
			train > coming platform|line|feet|tracks|hear|yellow !station_pick
			snatched|taken|drove_off|driven_off|took_off|run_off baby|him|her|kids|twins|son|daughter alive|see|again|drunk|never|either|none !walk !shop !park
			drunk|drinking|high|stoned drove|driven|driving|drive|car|lap baby|him|her|kids !pumped !feed
			someone|somebody|man|burglar|intruder > in > house|flat|kitchen|garden now|wardrobe|hiding|twins|help|knife|im|downstairs !new
			pointed|pointing|aimed|pulled > gun|knife|shotgun|rifle|blade > !toy !nerf`),
		anyWords("danger-height-or-water", CategoryDanger, LevelEmergency, negatable|past, "standing where people die",
			`
			im|shes|hes|sat|stood|standing|sitting|climbed|is|stand > on|at|off|over|near|by|onto|up > roof|ledge|bridge|multi_storey|multistorey|multistory|balcony|parapet|viaduct|cliff|cliffs|tracks|platform|railway|railway_line|train_line|rooftop|scaffolding|car_park|level_crossing !live !lives !living !road !work !working !shopping !parked !swing !waiting_for !seat !photo !view
			on > the > roof|ledge|parapet|railway|tracks|train_line > of|over|dont|dunno|now|help|multistory|multistorey|multi_storey|car_park !leak* !fix* !repair* !builder* !live !work*
			im|sat|standing|stood|walked|waded|sitting|walking > in|into|at|by > WATER waist|chest|neck|knees|deep|cold|quiet|tide|dark|alone|feet|shoes !hot_water !waters
			long_way_down|long_drop|such_a_drop|far_down|how_high nobody|here|about|jump|quiet|from|me|feet|down !weight
			over|off|from > balcony|banister|bannister|bannisters|banisters|bridge|window|roof|ledge|railing|railings BABY|jump*|hold*|held|dangl*|him|her !look !looking !view !flag
			heading|headed|running|walking|gone|went|left|driven|drove > to|for|towards > railway|railway_line|bridge|cliff|cliffs|tracks|roof|multi_storey|train_line note|goodbye|jump|missing|back|ligature|phone|seen|crying
			jump* HEIGHT|window trying|going|about|now|door|stop|holding|staff|leave !hoops
			engine|exhaust|motor|hosepipe garage|running|windows|locked|hose|pipe im|hes|shes|locked|himself|myself|herself|shut|closed !fix* !mechanic !mot !repair*
			missing|absconded|left_the_unit|left_the_ward ligature|suicid*|note|baby|hours|risk|coming_back !appointment`),
		anyWords("danger-attacker", CategoryDanger, LevelEmergency, negatable|past, "an attacker who is there",
			`
			HE|PARTNER|bloke|someone|somebody|man|men|theres > has|have|got|with|holding|brought|carrying|pulled|waving|is|picked|grabbed|come|came > WEAPON|knife|bat|shotgun|machete|axe|blade !toy !water !glue !army !police_officer !fork !butter !station !cutting !cook*
			armed|machete|shotgun|pistol perpetrator|perp|male|gate|door|outside|he|partner|hes|refuge|breach* !robbery
			shoot|stab|kill|kills|shooting|burn|strangle*|attack*|beating|batter*|kicking|hitting|hurting ME|sister|mum|us|everyone|mother|neighbour now|tonight|hide|hiding|kitchen|help|quick|wardrobe|cupboard|come|hurry|bathroom|please|upstairs|locked|downstairs|police|ambulance he|hes|shes|partner|husband|boyfriend|ex|bloke|fella|man|they|dad !if !used_to !labour !killing
			petrol|lighter|matches|fire pour*|house|burn*|light|flat|doors|set|stairs|door he|hes|bloke|husband|ex|partner|fella|man|theyre|shes !station !smoke_alarm !drill !alarm !brigade !stick
			come|get|send|help > quick|quickly|now|police|fast|hurry|someone > he|hes|she|shes|husband|partner|dad|baby !appointment !question
			hiding|hid in|under|behind wardrobe|cupboard|bathroom|toilet|loo|bed|shed|attic|loft|car he|hes|him|husband|partner|ex|boyfriend|dad|man !seek !peek
			outside|downstairs|door|letterbox|garden|window he|hes|ex|husband|partner|boyfriend kick*|smash*|bang*|hammer*|screaming|shouting|knife|threaten*|break*|batter* let_me_in|in|kill|scared|now|kids|wont|through|me|us|down !school !builder*
			boots|footsteps|shouting|screaming|quiet|banging > outside|downstairs|door|landing|stairs cant_talk|hiding|he|his|whisper*|help|now|quiet|see !neighbour* !toddler !baby
			gas > on|smell|rings|hob|turned locked|let_me_in|let_us_in|wont|inside|sick|sleepy|herself !bill !and_air
			breaking|broken|broke > in|into help|now|he|ex|someone|downstairs|window !car !burgl* !last_year !voice !my_water !waters !sleep`),
		anyWords("danger-found", CategoryDanger, LevelEmergency, negatable|past, "somebody found, or a message that says goodbye",
			`
			found|find hanging|hanged|hung|unconscious|collapsed|ligature|blue|overdosed !washing !clothes !picture
			cut_him_down|cut_her_down|cut_them_down
			haemorrhag*|hemorrhag*|bleeding|blood soaked|everywhere|pouring|faint|fainting|awake|pool|gushing|clots|stop|dizzy now|cant|through|minutes|everywhere|stay|wont|home|floor !labour !birth !nose !after_birth !period !ago
			tonight_is_the_night|tonights_the_night|this_is_it_now|last_time_you_hear
			by_the_time > you|anyone|someone|they|somebody|he > read|reads|find|finds|see|sees|get|gets !form !letter !appointment !gets_home !get_home !get_back !nursery
			smoke|flames|fire|gas|fumes filling|everywhere|trapped|cant|stairs|kitchen|coming now|out|trapped|breathe|kids|baby|stuck|help|coming !smoke_alarm !alarm !smoker !smoking !stop
			drank|drinks|drunk|swallowed|ingested > POISON
			overdosed|overdose|od > now|today|tonight|morning|hour|minutes !never !years !ago
			theres|kitchen|house|flat > fire|flames|smoke > in|kitchen|house|flat|bedroom|building|room|everywhere|coming !brigade !station !alarm !alarms !place !log !guard !camp* !smoker !smokes
			gas|fumes|carbon_monoxide smell|leak|alarm sick|dizzy|sleepy|headache|wake|faint|going_off !gas_and_air !gas_bill !wind
			bleeding|blood much|lots|everywhere|heavily|gushing|pouring|wont_stop|puddle now|cant|so|help|stand|stop|faint|dizzy|floor|sofa !labour !birth !nose !period !ago !after_birth !had !gums !last !lost !scan
			left|locked|stuck|shut > in > car BABY|him|her|baby boiling|hot|hours|locked|find|window|sun !keys_in !seat_asleep
			he|hes|shes|they coming|inside|downstairs|upstairs|broken_in|got_in|outside help|please|police|hide|hurry|quick|knife|999 !midwife !nursery !home_from !thank* !referral !form !help_me_with !helps
			locked > bathroom|bedroom|toilet|room|loo|in knife|pills|blade|wont_come_out|tablets|razor|screaming !toddler !accident*
			unconscious|unresponsive pills|tablets|blood|floor|overdose|breath*|help|now|sister|wife|mum|husband !ago !born`),

		// Psychosis.
		anyWords("psychosis-watched", CategoryPsychosis, LevelEmergency, negatable, "spied on by many or through things",
			`
			THEY|neighbors|government|agents SPY DEVICE !tv_programme !favourite !film_night !nicu !cot !baby_monitor
			SPY me|us|my|everything > through|thru|via|inside > DEVICE|eyes|walls|phone !partner !ex !husband !he
			PLANT|put > chip|microchip|cameras|bug|tracker|wire|device|implant|wires in|inside|under|behind scar|brain|skin|me|her|walls|alarms|house|teeth|baby|body|arm|head|neck !dog !cat
			cameras|camera|microphones|microphone|bugs alarms|smoke_alarms|smoke_alarm|walls|wall|lamp|plug|socket|vents|eyes|teddy|tv|light|lights they|people|somebody|theyre|theyve|neighbours|hidden
			all|everyone|everybody|staff|midwives|both|theyre > in_on|in_it_together|part_of_it|working_together|plotting|working_with_them|in_on_it
			is > part_of_it|in_on_it|one_of_them
			working_with|working_for > them|government|him|devil|police|they
			theyre|they|people > coming_for|come_for|coming_to_take > me|us|him|her|baby|my !coffee !tea !dinner !lunch !christmas
			before_they_come|they_will_come_for|coming_to_get_me
			they|theyre|people|everyone|everybody|midwives > out_to_get|plotting|conspiring
			taped|covered|covering|unplugged|foil plug|plugs|sockets|mirrors|mirror|windows|vents|tv|cameras|window they|listening|watching|see|voices|all|in_case !paint* !decorat* !blackout
			poisoned|poison|poisoning > by|my|our|the|me|us|milk|food|water|tea !food_poisoning !ivy !blood_poisoning !carbon !fish
			put|putting|puts|adding|something|slipped > in|into > milk|food|tea|water|formula|drink|bottle|bottles they|theyre|theyve|midwives|nurses|staff|neighbours|something|taste|mother_in_law|husband|somebody !calpol !gaviscon !thickener !medicine !powder !water_in !carobel !scoops !vitamin !drops
			taste|smell it|poison|them|rotting|evil|burning|chemical|chemicals|something|gas|death milk|her|him|food|nobody|others|walls|baby they|evil|nobody|poison|put|else|know !nappy !formula_smell !nappies
			whisper* ward_staff|staff|them|planted|chip|cameras|hear
			they|theyre|you|youre|hospital|doctors|government > want|need|after|stealing|taking|take|harvest* > his_blood|her_blood|my_blood|my_baby_blood|organs|blood|eggs !heel_prick !test !tests !samples !sample !jaundice !pressure
			they|theyre|neighbours|neighbors|people|staff|somebody > put*|pump*|send*|beam*|spray* > gas|rays|electricity|fumes|chemicals|radiation|lasers|waves|poison|smells !gas_bill !letters
			cameras|camera|microphone|chip|microchip|recorder|lens|tracker > in|inside|behind|under > eye|eyes|teeth|head|jab|teddy|toy|vaccine|brain|skin|ear|belly|womb|arm|scar|drip|light
			steal*|eat*|drain*|take|taking > soul|souls|spirit|life_force !sold !soul_destroy*
			hospital|they|doctors|midwives|nurses > something|chip|drugs > drip|injection|jab|blood|vaccine|food control*|poison|mind|hear|track|change
			follow*|following|followed > me|us|by > everyone|cars|people|men|vans|red|black|helicopter*|everywhere|car they|theyre|people|everyone|cars|men|strangers !instagram !husband !ex !he !partner
			actors|film_set|simulation|staged|puppets everyone|all|you|ward|world|they|people|im|life|youre|is !children !amateur !drama
			milk|food|water|tea|formula > is|was|are > poison|poisoned|cursed|evil|drugged !expired`),
		anyWords("psychosis-unseen", CategoryPsychosis, LevelEmergency, negatable|past, "sees, hears or speaks with what is not there",
			`
			SEE VISIONS crawling|ceiling|corner|room|skin|wall|walls|standing|cot|following|night|behind|watching|out|everywhere|over|window|faces|talk|talking|under|want|at !scared_of !nightmare !film !tv !zoo !book
			SEE people|persons|peoples|men|man|someone|faces|face|woman ceiling|corner|walls|wall|nobody|dead|not_there|no_people|peoples|crawling|arent_there|isnt_there|no_peoples !mirror
			TALK|listening|smiling > to|with|at > NOBODY|corner|wall|walls|ceiling|dead|thin_air|people_who|angels|invisible|unseen|the_tv|someone_in_the !prayer* !about !therapist !professional !need !want !help !gets
			hearing|hears|hear|heard stuff|things|whispers|whispering|footsteps|voice|music|knocking|my_name|singing head|nobody|there|else|walls|alone|empty|dead|called|calling|telling|people|tripping|seeing|night !voicemail !neighbours !music_class
			laugh*|lafing|giggling|smiling > at|to > nothing|herself|himself|walls|ceiling|thin_air
			voice|voices > call|calls|calling|say|says|saying|tell|tells|telling|said|shout*|whisper*|laugh*|from !voicemail !raise* !message !loud
			tripping|hallucinat*|halucinat* !over !up
			crawling > out|under|on|over|in > skin|his|her|my|walls !bed !floor !everywhere !furniture
			face|faces|eyes > chang*|turn*|melt*|morph*|go|goes|went|become|becomes|becoming|glow* > old|devil|man|black|someone|demon|animal|red|skull|mask|different|my_dad|evil|wolf !brown !blue_to !colour
			face|faces|eyes|head chang*|morph*|melt*|turns secrets|old_man|devil|man|look_at|demon|tells|snake|skull
			unseen_stimuli|unseen_others|internal_stimuli|responding_to
			crying|screaming|scratching|voices|tapping|whisper*|baby > in|inside > walls|wall|pipes|floorboards !neighbour* !next_door !upstairs
			colours|walls|clock|furniture|dolls|photos|wind|trees|birds|wallpaper talking|speak*|whisper*|telling|breathing|moving|alive|laughing !toddler !toy !book !decorat* !moving_house
			i|she|he > can > hear|read|feel > thoughts|thinking|minds
			everyones_thoughts|peoples_thoughts|what_everyone_is_thinking|what_people_are_thinking i|know|hear|get|radiator|read
			husband|wife|he|she|mum|partner|sister > SEE|sees > people|things|men|women|figures|shadows|faces|stuff not|arent|isnt|nobody|no_one|there !from !point`),
		anyWords("psychosis-baby-speaks", CategoryPsychosis, LevelEmergency, negatable, "a baby who speaks or knows, is sent or is old",
			`
			BABY|he|she|newborn speak*|talk*|tells|told|says|sends|whisper*|communicat* > mind|head|latin|secrets|telepath*|thoughts|eyes !people !everyone !me_head
			baby|newborn|infant > speak*|talks|tells|told|says|whisper*|saying|telling > me|us|to_me > secrets|things|future|in_my|with_his|with_her|must|when_to|kill|god|what_to !gp !doctor !midwife !husband !partner !mum !nursery
			BABY|he|she|hes|shes > is|been|was > sent|chosen|special_one|king|prophet|god|messiah|key|thousands|reincarnat*|jesus|the_one|ancient|immortal|angel_of
			thousands_of_years|hundreds_of_years|centuries_old|been_sent|sent_to_test|sent_to_punish|sent_to_save|sent_by_god|sent_from !letter !appointment !text
			baby|babys|son|daughter|him|her|he|she key|mission|prophecy|destiny|prophet|universe|portal|chosen|messiah|saviour !door !house !worker !stage !car !keys !hand !impossible
			not|isnt|never > from|of > human|humans|earth|this_world|this_planet
			evil|demonic|wicked|demon|devil|satan|darkness in|inside|from|behind|on|into > him|her|baby|it|eyes|my !little !cheeky !idiom
			i > know|no|smell|see|feel|sense evil|demon|wicked|devil|possessed|darkness > in|inside|him|her|baby|it !idiom
			knows_what_i|knows_that_i|he_knows|she_knows|reads_my|he_knows_everything thinking|think|did|secret|thoughts|dead|sent|old|years|know !milk !voice !smell
			looks|look|looking|stares|staring at_me knows|devil|evil|soul|thousands|sent|someone_else|demon|old_eyes !smile* !latch*`),
		anyWords("psychosis-replaced", CategoryPsychosis, LevelEmergency, proof, "the baby or the family replaced, dead or unreal",
			`
			my|our|her|his > real > baby|daughter|son|child|boy|girl|husband|one|family|mum
			BABY|he|she|hes|him|her|babys swapped|swoped|swaped|swopped|replaced|switched|impostor|imposter|clone|cloned|changeling|exchanged !bottle !bottles !feeds !formula !nights !shifts !milk !beds !rooms !boobs !duties !car
			different|wrong|fake|changed > eyes|face|ears|baby|cry not_him|not_her|isnt_him|isnt_her|not_my|not_mine|not_ours|swapped|instead|cot|know|brought|hospital|now !colour !blue !brown !formula !hungry
			not|isnt|aint > him|her any_more|now|eyes|real|same|cot|hospital|swapped|doll !about !fault !me !scared !like
			doll|dummy|mannequin|robot|plastic baby|cot|him|her|put instead|dead|convinced|replaced|real|put|not !dummies !house !pram !dolls_house !dolls !plays !toy
			convinced|believes|believe|sure|certain|adamant|insists|says|thinks|know baby|he|she|hes|shes|we|i dead|died|rotting|doll|not_real|isnt_real|swapped|poisoned|devil|god !scared !worry !afraid !nan
			already|actually > dead|in_heaven|died i|she|were|baby|we|im|shes !dad !mum !nan !grandad !brother !father !mother
			already > in_heaven|passed_over !mum !dad !nan
			time > stopped|stop|frozen|still > and|dead|heaven|since|she|everything|for !feeds
			the_one_in_the_cot|thing_in_the_cot|it_in_the_cot|creature
			doesnt|didnt|not|cant > know|recognise|recognize > who > i|husband|baby|she|we|people|anyone|her
			digging|dug|dig hole|grave|garden baby|him|her|born|bury|night|nightdress|buried !sandpit
			reflection|mirror not_me|someone_else|stranger_looking|isnt_me|talks|talking|moves !weight !fat !body !tired
			looks_like|look_like|looks_just_like|pretending_to_be|dressed_as|disguised|double him|her|husband|baby|mum replaced|not_him|not_her|somebody|someone_who|they|really|swapped !birthmark !his_dad !her_dad !grandad
			insides|organs|bowels|brain|blood|soul|heart > gone|rotting|dead|empty|hollow|removed|missing|rotted|turned !blood_pressure !pump* !breaks
			i > dont|not|doesnt > exist !feel_like !to_him !partner !husband !anymore_as !people
			they|theyre|spirits|god|angels take|taking|collect > us|me|baby other_side|heaven|sky|stars|ship|light|tonight !hospital
			wrong_one|wrong_baby|different_one|another_baby gave|given|brought|they|purpose|hospital|home !bottle !size !formula !nappies
			mirror|mirrors|reflection woman|someone|isnt_me|not_me|doesnt_move|her|covered|cover|turned|round|stranger|moves|blinks !weight !fat !body !tired !car_mirror !hair
			i|we > died|dead|was_dead > in|on|during|at > operation|theatre|table|labour|birth|section place|after|now|here|pretend*|this|heaven|everyone !thought !nearly !almost !scared !felt !feared
			everyone|everybody|people|all|they|nurses > pretend*|acting|in_disguise|actors|impostors|imposters|lying|clones|robots|replaced|fake !tired !fine !ok !happy !weird_with
			impostors|imposters|impostor|imposter|dopplegang*|doppelgang*|body_double
			who > i > was|am me|mum|husband|her|done|asked|own !forgot* !used_to_be !miss !miss_who !was_before !before
			tamper*|laced|spiked|drugged|contaminated > with|milk|food|water|tea|formula milk|food|water|tea|formula|they|all|bottle !recall`),
		anyWords("psychosis-signs", CategoryPsychosis, LevelEmergency, negatable, "messages and codes in ordinary things",
			`
			OMEN SENDS|for_me|about_me|about_us me|us|her|him|baby|since|must|everything|name|date|world|warning|worked_out|god|only|end !funeral !planned !tv_licence !watch* !nhs !sign_language !favourite !phone_number !weather_warning !appointment !vote
			number_plates|numberplates|number_plate|licence_plates SENDS
			pattern|patterns|code|codes|numbers decode|decoding|code|secret|warning|hidden|worked_out|cracked|solve* !postcode !door !gp !sleep !feeding_pattern !sleeping
			lights|beeps|clock|radio|tv|telly|songs|birds|alarms > are|is|was|were|keep|keeps|all > for_me|about_me|telling|talking|sending|warning|speaking|meant|signs|singing
			means|meaning|mean > i > must|should|have_to|cant|mustnt not|kill|feed|go|die|sacrific*|leave !gp !letter !work
			signs|messages|signals|instructions > from|sent|meant|everywhere|only
			power|powers|gift|ability > to|of|from > heal|save|cure|control|see|read|stop|bring !through !of_attorney !voucher
			given|got|have|has|chosen > power|powers|mission|gift > heal|save|god|world|the|and|from|special !steering !gift_card !shower
			i|im|ive|she|shes|he > am|been|is|was|got|a|have|on > chosen|prophet|messiah|god|jesus|saviour|holy|divine|immortal|enlightened|reincarnat* !church !school !house !chosen_to !appointment
			mission baby|key|god|world|special|chosen|secret|sleep|slept|buzzing|save !impossible !house
			news|newsreader|radio|tv|presenter|telly|television|adverts said|says|say|knows|talking|speaking|speaks|mention*|laugh*|told|sings my_name|about_me|to_me|at_me|straight_to|directly|about_us
			angels|angel|god|spirit|spirits|ancestors|ghost|jinn|devil|jesus|allah|archangel|universe|demons told|tell|tells|asked|asks|telling|visits|chose|showed|shows|command*|orders|speaks|spoke|whisper* me|us|her|him|cot|night|house|them|mum|wife !thank !pray* !thanks
			purify*|cleanse*|baptis*|sacrific*|exorcis*|purge* god|told|must|house|evil|angel|angels|devil|water|demon|spirit !christening !church !skin !vicar
			i|im|she|shes|he > mother_of_god|virgin_mary|jesus|messiah|son_of_god|daughter_of_god|prophet|goddess|antichrist !believe_in !thank !pray* !church !school
			lights|beeps|numbers|letters|pictures|patterns|colours > mean|means|meant|message*|send*|spell* know|now|me|who|understand !traffic !what_do !does !warning_light !baby_grow
			they|people|government|computer > read|reads|know|see > everything|thoughts|what_i_think|before > i|type|think|thought|say computer|before|type|thought|phone|thinking !gp !notes !health_visitor
			mother|queen|king|saviour|ruler|father > of|for > whole_world|world|universe|everyone|mankind|humanity|nation|hole|all
			plan|secret|answer|cure|truth|formula > to|for|of|about > world_peace|world|universe|cancer|humanity|mankind !sleep_plan !birth !care !feeding !milk
			understand|understands|see|know > everything|all|secrets|truth > now|all|clearly|about|of thousand|faster|sleep|mind|universe|god|world !form !question !baby !you_said
			telling|tells|tellin|told > me > do|to_do|hurt|things|kill|must|go voice|voices|call|name|head|someone|hearing|nobody|else !hv !midwife !gp !husband !mum !partner !health_visitor
			blessing|blessings|preach*|prophec*|prayers|chanting|speaking_in_tongues muttering|pacing|street|naked|never_religious|garden|strangers|dawn|night|suddenly|since !christening !baptism !church !family_count
			electric*|energy|electricity|electrisity|power|heat|light|vibration* > in|through|from|coming > hands|body|me|fingers|walls|head heal|feel|people|can|power !bill !meter !shower !baby_full`),
		anyWords("psychosis-thoughts", CategoryPsychosis, LevelEmergency, negatable, "thoughts put in, taken or heard",
			`
			thoughts|thought|ideas > put|being|planted|inserted|sent|arrive|arriving|controlled|stolen|not_mine|broadcast*|beamed|read > there|by|into_my|in_my|somebody|someone|from|them !crossed !away
			thoughts arriving|not_mine|somebody_else|someone_else|not_my_own|beamed|transmitted|stolen|broadcast*|implanted|inserted !look_after !suicid*
			people|they|everyone|strangers|neighbours|he|machines|others|others > hear|read|know|knows|reading|hearing|steal|stealing > thinking|my_mind|thoughts|my_thoughts|mind
			thinking_in songs|numbers|code|silence
			control*|moving|steering my > body|mind|hands|thoughts|arms they|something|someone|force|outside|god|it|spirit !anger !diet !breathing`),
		anyWords("psychosis-mania", CategoryPsychosis, LevelEmergency, across, "sleepless and full of energy",
			`
			SLEEPLESS HIGH I|MOTHER|wife|husband !hes_up !milk !feeds
			laugh*|laughing cries|crying|screaming same|minute|nothing|then|minutes|switch* mother|she|wife|birth|daughter|mum|missus !film !peekaboo
			ecstatic|elated|euphoric terrified|crying|sobbing|minutes|rage|angry`),
		anyWords("psychosis-changed", CategoryPsychosis, LevelEmergency, negatable, "a sudden change that others see",
			`
			MOTHER|wife|daughter|missus|she|shes|mum|partner BIZARRE talk*|saying|says|laughing|laugh*|sleep|slept|baby|birth|since|gone|behaviour|doing|things|believes|pacing|writing|recognise|day|days !form !question !appointment !panic !dream* !feels_strange !hard !illness !health !anxiety !perinatal !about !questions !team !service !how_strange
			completely|totally|suddenly|overnight > changed|different|not_herself|another_person sunday|days|talk*|birth|since|laughing|sleep|person|says !body !life !lives !routine
			MOTHER|wife not_normal|isnt_normal|isnt_right|not_right|not_herself sees|says|laughs|talks|hears|sleep|screams|laughing|believes|thinks|since_birth
			grandios*|disinhibit*|pressured_speech|flight_of_ideas|thought_disorder*|thought_block*|perplexed|catatoni*|labile_affect|knights_move|word_salad|paranoid|paranoia|delusion* !sids !germs !denies !about !no
			rapid_speech|pressure_of_speech|jumping_between|tangential|racing_thoughts|pacing not_sleeping|sleep|elated|topics|energy|labile|agitated|speech|glowing !with_baby !him_to
			thinks|believes|convinced|says|saying|insists > baby|she|he|hospital|midwife|midwives|staff|people glow*|magic|sent|special_powers|poison*|steal*|soul|spying|plotting|died|dead|rotting|alien|angel|devil|doll|evil|control* !sids !scared !worried !nan !worry
			undress*|naked|wandering|nightdress|barefoot|mute strange|what_day|street|garden|confused|found|4am|3am|night she|mum|wife|sister|daughter|missus !baby !toddler
			doesnt|not|didnt|cant > know|remember > what_day|what_year|who_she|where_she|her_own|what_month she|wife|mum|sister|daughter|her|he
			proper|gone|totally|completely > doolally|loopy|bonkers|crackers|crazy|mad|mental|funny|batty|potty|loony|cuckoo she|wife|missus|daughter|he|sister|mum|girlfriend|partner thinks|days|camera|birth|since|says|talking|believes !angry !me !driving !sleep !kids !training
			isnt_her|not_her|not_like_her|not_herself|isnt_herself|this_isnt_her|not_himself day|sunday|fine|yesterday|suddenly|oven|talking|pacing|praying|muttering|says|strange|birth|doesnt_know !tired !low !lately !quiet
			was_fine > on|until|yesterday|last|thursday|sunday|monday|tuesday|wednesday|friday|saturday now pacing|muttering|praying|screaming|laughing|touch|impostors|voices|talking|says|strange|thinks|oven !nursery !cold !teeth*
			naked|undressed street|garden|dawn|outside|neighbours|public|strangers !baby !toddler !bath
			baby_clothes|clothes|nappies|baby|milk|shoes|phone > in > oven|freezer|fridge|microwave|bin|washing_machine day|she|keeps|strange|wife|her|herself|thinks !cook* !sterilis* !store* !storing !frozen !breast*
			one_night|all_night|nights|days|night > not > tired|even_tired|sleepy wrote|written|pages|plan|walls|painted|cleaned|did|book !baby !he !she_s !hes
			mind|thoughts|brain|head > going|gone|is|are > fast|faster|racing|thousand|speeding|million sleep|food|understand|ideas|everything|genius|alive|need !worry !worries !anxiety !anxious`),

		// Done to the baby.
		act(anyWords("baby-handled", CategoryHarmBaby, LevelEmergency, negatable|done|past, "a baby hurt, in any verb",
			`
			i|ive|PARTNER|he|she|mother|mum|dad|daddy|father|hubby|nanny|husband|boyfriend|who|hes|shes|and|then|just > ROUGH > BABY|him|it|them !disclosed !reportedly !accident* !ball !toy !toys !dummy !nail
			i|ive|PARTNER|mother|hubby|and|then|just > ROUGH|bit|bite|hit|pinched|hurt > her|his|babys|infant|baby|him !cousin* !disclosed !reportedly !accident* !nails !nail !brother !toddler
			ROUGH > her|his|him|baby > PART !accident* !nail
			bit|hit|slapped|smacked|pinched|burned|burnt|twisted|pulled > his|her|baby > PART mark|frustration|angry|temper|purpose|hard|lost|anger|bruise
			force|forced|forces|forcing|shove|shoved|press|pressed|pushed|push|held|hold|rammed|stuffed > bottle|dummy|spoon|cloth|sock|muslin|palm|teat|food|blanket|hand choke*|chokes|breath*|red|struggled|mouth|hard|blue|quiet|shut|gag* !back !fell !nap
			put|dropped|dropping|threw|let BABY|her|him > from|on|down|in > height|purpose|hard|floor !nap !sleep
			on_purpose|deliberately|purpose > BABY|him|her|drop*|hurt|let !wakes !toys !food !spoon !bottle
			drop*|hurt|burn*|scald*|pinch*|slam*|squeez* BABY|him|her|his on_purpose|deliberately|purpose
			cold|freezing|scalding|hot|boiling > tap|shower|water|bath BABY|him|her|she naughty|punish*|under|teach|lesson|crying|cries|shut !temperature !lukewarm
			flinch* he|hes|she|shes|baby|daughter|son|him now|when|after|did|me|hand|near !i_flinch !noise !i !im
			observed|witnessed|seen|saw|watched|heard > mother|mum|dad|father|parent|partner|carer|grandmother|nanny|daddy|man > CRUEL|roughly|force|forced|forcing|jerk|drag|pull !supermarket
			after_what_i_did|what_i_did_to > him|her|baby|tuesday|night|on|last|them
			ROUGH|yanked|grabbed|pulled arm|leg not_moving|hangs|hanging|swollen|limp|floppy|clicked|crack|snapped|wont
			shook|shaken|shake|shaking > BABY|him|her until|till|limp|sick|quiet|stopped|eyes|hard|floppy !rattle
			heard|felt > crack|snap|pop|click arm|leg|ribs|him|her|baby
			PARTNER|mother|grandma|nan|childminder|sister > CRUEL > baby|infant|son|daughter|newborn|twin|child|bairn|babba !reportedly !disclosed !will !would !might !could !thoughts !urges !wants !fears !admits !reports !air !giggl* !nails !cord !hair !tongue !food !loves !play* !brother !accident* !if !sibling* !toddler !bottle !cries !scared !balloon !tie !drop_him !nappy !rid !to_help
			i|ive|we > pinch|nip|slap|smack|hit|hurt|shake|squeeze|poke|flick|flicked|bite|jab|burn|kick|punch|throw|drop|yank|jerk > him|her|baby|it|his|them !will !ill !would !might !could !going !want* !think* !thought* !afraid !worried !urge* !imagin* !picture* !tempted !feel_like !wish !close !brain !see !dont_want !play* !cuddl* !cute !air !kiss* !toes !gently !cheeks !if !hope !never !nails !bottle !cough !tight !breast* !latch* !feeding !rattle !scared !worry !hand_in !when_changing
			i|mum|dad|mother|he|husband|partner|boyfriend > flicked|flick|flicks|nips|nipped|tapped > face|cheek|him|her > face|cheek|stop|hard|nose|ear|make
			scream*|shout*|yell*|roar* > in|into > her|his|babys|baby > face|ear|ears !my
			NOT > feed|feeding|fed|give|change > him|her|baby|them naughty|punish*|purpose|deserve*|lesson|bad|deliberately !bad_latch !feel_bad
			naughty|bad|lesson NOT|without > feed|bottle|food|milk|fed him|her|baby|shes|hes|she|he
			force_feed*|forcefeed*|forced_feed*|force_fed|force_feeds
			give|gives|gave|giving|given|put > him|her|baby|dummy|bottle > piriton|phenergan|sedat*|sleeping|whisky|brandy|gin|rum|vodka|melatonin|antihistamine|codeine|diazepam|methadone|cannabis sleep*|quiet|knock*|night|stays|out|settle*|drowsy|calm|peace|shut !doctor !gp !prescribed !rash !allerg* !consultant
			left|leave|put > him|her|baby|them > outside|rain|cold|garden|balcony|street|doorstep|bin|shed cry*|stand|screaming|hours|couldnt|punish*|dark|rain|because !nap !asleep !fresh_air !sleep
			marks|mark|bruise|bruises|finger_marks|handprint > him|her|his|on|baby|arm|leg grabbed|hard|gripped|squeezed|held|snapped|temper|where_i|from_me !forceps !heel !stretch !he !born
			pillow|cushion|blanket|hand > over|on > him|her|his|baby|face|mouth|head shut|quiet|stop*|until|seconds|for !pregnancy !held_my !kissed !asleep !my_head
			gave|give|given > him|her|baby|them|nipper|it > whack|slap|smack|shake|shove|clout|thump|belt|hiding|punch|kick|wallop|good_hiding|pinch|jab !jabs !doctor !nurse
			lamp|lamping|clock|clocking|deck|decking|leather|leathering|twat|twatting|batter|thump|lob|brain|braining > him|her|baby|them|kid|nipper
			press|presses|pressed|push|pushes|hold|holds > face|head > in|into|on > mattress|pillow|water|bed|sofa|cushion|blanket
			PARTNER|aunt|uncle|he|she|cousin|brother|sister|grandmother|mother > CRUEL > small_one|baby|infant|head_of|little_one|new_born shoe|head|face|hand|belt|stick|bed|hard|strong|leg|legs|months|shut !toddler !accident*
			threw|thru|through|chucked|flung > the_baby|baby|him|her > at|on|across|down|into > sofa|wall|floor|bed|cot|me|settee|room|window !surgery !phase !night
			shook|shuk|shaken > baby|him|her quiet|limp|after|stopped|night|sleepy|last|until
			blood|blood_shot|burst|red_spots > white|eye|ear|mouth|nose|nappy lost_it|said|cat|told|snapped|hit|fell|cot|dad|daddy !birth !delivery !forceps !infection !conjunctiv* !teeth*
			quieten*|shut_her_up|shut_him_up|calm_her|calms|makes_her_quiet floppy|marks|mouth|afterwards|drowsy|limp|bruis*|hand
			neither|nobody|none|cant|no_one > say|explain|tell|know how|why|where bruise|bruises|mark|marks|burn|fracture|ribs|swelling`)),
		act(anyWords("baby-injured", CategoryHarmBaby, LevelEmergency, negatable|past, "an injury that nobody explains",
			`
			MARK BABY|infant|cheek|legs|leg|ear|arm|thigh|thighs|her|his|him|shes|hes UNEXPLAINED !birthmark !heel !vaccination !forceps !jab !blue_spot !stretch !stitches !my_legs !scar !mums !toddler !woman !my
			new|another|fresh > mark|bruise|marks|bruises|burn|scratch why|nobody|none|tell|every|explain|how|home|dad
			torn|bleeding > frenulum|mouth|lip|gum
			bruis*|fracture*|burn|burns|marks non_mobile|nonmobile|immobile|plausible|explanation|circular|pinna|fingertip|finger|belt|bite|cigarette|symmetrical !mum
			subdural|retinal_haemorrhage*|retinal_hemorrhage*|metaphyseal|rib_fractures|rib_fracture|skull_fracture`)),

		// Suicide and self-harm.
		anyWords("suicide-wish", CategorySuicide, LevelUrgent, negatable, "a wish to be dead or no longer here",
			`
			I|SOMEONE WISH DIE|bled_out|never_brought|let_me_go|not_wake|had_died|wake_up !he_dies !she_dies !baby_dies !scared !worry !worried !afraid !hard
			WISH heart|lorry|car|bus|cancer|tumour|illness|accident|something|lightning|crash|aneurysm stop|stops|kill|hit|hits|take|takes|took|crash|quick*|finish|out|terminal|would me|sleep|heart|quick*|my_sleep|it_all !palpitation* !hope_something_helps !idiom
			disappointed|gutted|cried|sad|jealous scan|results|test|lump|biopsy|doctor clear|fine|healthy|nothing|benign wish*|hoping|hoped|take|took
			jealous|envy|envious > of|dead > dead|people_who_die|died|graves
			six_foot_under|six_feet_under|in_the_ground|pushing_up_daisies|in_a_box|body_bag !cat !dog
			WISH|go|need|could sleep|asleep|close_my_eyes|fall_asleep FOREVER|permanent !nap !through
			WISH|join|thinking|going|get > be_with|join|with|get_to > BABY|him|her|mum|nan|dad|them|mam|brother died|dead|heaven|other_side|stars|again|passed|lost !help !grief !visit !bond !group !home !weekend !contact
			GONE BETTER|everyone|nobody|everybody|kind*|notice|miss I|SOMEONE !milk !nap !weight !pain !hair
			not_wake_up|never_wake_up|didnt_wake_up|wouldnt_wake_up|dont_wake_up WISH|WISH|i|better|just|peaceful !he !she !baby !for_feeds !hes !him
			no|isnt|not|whats|is|see|any point|sense|reason|use alive|living|being_here|existing|me_being|life|carrying|tomorrow|me !gp !calling !routine !form
			TIRED > ALIVE|life|living|breathing !room !expenses !arrangements
			not|dont|no > want|wanna|wish > ALIVE|living|life > !here !near
			want|wish|need|wanna > finish|end|stop|quit|leave > life|living|world|everything|my_life|all !night_feeds
			leave|left|leaving|exit > this|the > world|life|earth|planet !better
			my|her > heart > stop|stops|just_stop WISH
			dont|doesnt|not|no|longer > mind|care|fussed|bothered > what_happens|if_i|whether_i|if_she > me|happens|live|die|dont|wake|what !team !rings !appointment !girl !boy !day !phone !video !who
			insulin|medication|tablets|eating|inhaler|dialysis|drinking purpose|deliberately !reflux !he !hes
			rather > DIE|six_foot_under|not_wake|disappear than !dummy !phone
			bridge|level_crossing|train_tracks|tracks|lorry|lorries|multi_storey|cliff|beam|loft|noose|rope|motorway|platform|trains i|ive|she|shes|me think*|thought|watch|park|parked|pulled_over|stare|staring|again|hold_me|pull|pulls|drawn|stood|imagine|keep_looking !train_set !home !commute !work !toddler !traffic_jam !noise !scared_of
			i|ive|got|she|shes|have > have|got|ive|bought|hidden|keep|kept > rope|noose|ligature !skipping
			look|looking|looked|stare|staring > PILLS|knives|blades|rope much|again|keep|hours|night|just !prescription !baby_proof
			get_over_it|get_over_me|get_used_to_it|move_on family|they|theyre|kids|husband|everyone strong|eventually|without|gone|if|better|one_day|soon !tell !tells !told !says !telling !say
			wont_need_them|wont_need_it|no_longer_need|dont_need_them things|clothes|stuff|give|giving|gave|where_im_going !grown !outgrown !newborn !size !baby_clothes
			giving_away|given_away|gave_away my|her|everything|things|clothes|stuff !baby !outgrown
			NOT > make > it > weekend|christmas|tomorrow|night|morning|through|another|birthday|much|to !appointment !group !session !visit !class !meeting !bed
			only_one_way|one_way|no_other_way|no_way_out|way_out ending|end|ends|out|this|see|dead !one_way_street !system !one_way_mirror
			who_gets_what|who_gets_my|who_gets_the|what_happens_to_my_things list|written|will|wrote|gone|after|decided|sorted
			NOT > belong > earth|world|here|alive|anywhere
			ask*|pray*|beg*|wait*|want|wish > god|allah|lord|jesus|universe|heaven|death > take|end|call|to|for|collect > me|my|soul|it|go|us|life !help_me
			take|takes|collect > my|me > soul|home|away god|allah|lord|pray*|heaven
			go_to_god|meet_god|meet_my_maker|meet_my_god|go_to_heaven|be_in_heaven|go_home_to_god|return_to_god
			what|why > i|am_i|me > live|alive|exist|born|living !live_with !live_in !live_near !nursery
			nobody|none > need|needs|miss|misses > me|i
			goodbye|kissed|hugged like_it_was|last|final > last|final|time|ever|forever|goodbye
			life_insurance better|worth|money|pay*|dead|claim|more !mortgage
			better_off|want|rather|we|us|together|all > heaven|other_side|next_life|next_world|afterlife !grandad !angel_baby !miss
			death_wish|death_wishes|thoughts_of_death|thoughts_of_dying|preoccupied_with_death|wishes_to_die|passive_ideation
			found > by|near|on|at|in > river|bridge|railway|tracks|cliff|beach|sea|station police|ambulance|coastguard|public|night|a|wandering|brought|stood|edge
			tap_out|opt_out|bow_out|clock_out|game_over|peace_out|over_and_out|roll_credits life|tired|want|brain|fighting|gonna|im|done !game
			NOT > do|handle > life|living|existence|being_alive|being_here|being_a_person !insurance !skills
			waste|waster > of > skin|oxygen|space|air|life|everyones_time
			WISH|hope|hoped|should anaesthetic|haemorrhage|bled|theatre|section|operation|surgery|sepsis wake|woken|woke|worn|survive*|brought_me|saved|died|let_me|let_me_go|die !pain !sooner !epidural !scared
			gun|knife|rope|pills to|in|round|around > his|my|her > head|mouth|neck|throat|temple !toy !born !labour
			tired|exhausted|sick|weary|fed_up > fighting|struggling|pretending|it_all|existing|my_brain|my_own_brain|my_head|battling !system !services !gp !support !breast* !housing !council
			WISH|would|could|peaceful|relief > not_to_be|not_have_to_be|stop_being|not_be|to_not_be|not_being > person|here|anything|anyone|me|alive|conscious|awake
			reason|point|bother > get_up|wake|go_on|stay_alive|fight|keep_trying|stay no|not|cant|dont|nothing|never|ever !calling !home
			if > wasnt|werent|not|hadnt|isnt > for > him|her|baby|them|kids|boys|girls|twins gone|dead|be_here|done_it|ended|here|already|wouldnt|jumped !late !sleep
			ashamed|hate|guilty|punishment|embarrassed|burden > being|to_be|that_im|im > alive|living|breathing|born
			i|she|shes|im > should > died|dead|be_dead|gone_instead|not_be_here|not_be_alive|never_been_born !idiom
			instead_of > him|her > me|i died|dead|been_me|taken
			THINK|feel|feels like|better|peaceful|calm|easier dead|not_here|being_gone|death|gone !dead_tired !on_my_feet !loss !died !grief !miss !nan !dad !mum !battery !inside !angel
			knife|blade|blades|scissors|razor|glass|razors|compass > my|her|our > arms|arm|wrist|wrists|skin|legs|thigh|throat|neck|stomach !shav* !hair !nails !butter !cook*
			phone_case|under_my_pillow|in_my_bag|sock_drawer|in_my_drawer blade|blades|razor|pills|tablets|knife !child_lock
			NOT > be|being|b > here|alive|around|earth > any_more|more|longer|anymore|much|next|tomorrow|soon !home !school !monday !friday !until !when_you !work !work_hours !at_the !for_the !house
			thoughts|thought|thinking|think|idea > of|about > not > being|be|living|existing|waking !good !enough
			thoughts|thought|idea|thinking of > dying|death|ending|suicide|not_being_here|being_gone calm*|comfort*|relief|peace*|constant|daily|only|every|day|nice|help* !scared !his !her !baby !nan !about_his
			make|makes > me|myself|us > dead|die|gone|disappear|stop
			topped|top|topping|offed|offing > myself|herself|himself|me !shop !bottle
			haemorrhage|infection|sepsis|surgery|crash|accident|cancer|birth|labour|covid finished_me|finished_her|finish_me|killed_me|taken_me|took_me|had_taken|had_killed|had_finished wish*|should|rather|hope*
			earth|river|water|sea|death|bridge|train|grave|god|heaven > call|calls|calling|looks|peaceful|pulls|waiting me|each|every|i|go !phone !bus
			that_is_when|thats_when|then_i|then_ill|tomorrow_i|tonight_i > do|go|end|jump|do_it|can !feed !sleep !shower !housework !bath !work
			have|got|picked|set|chosen|fixed > date|day|deadline head|mind|till_then|until_then|getting_through|do_it|end|die !due !appointment !scan !birthday !wedding !return !section !c_section !christening
			recorded|filmed|recording|filming|wrote|written|made|making|bought stories|story|voice|message|messages|birthday|cards|video|videos|lullab*|letters not_here|wont_be|wont_be_there|gone|each|every|eighteen|my_voice|after|when_im !nursery !school !party !thank_you !family_abroad
			join|joining|be_with|go_to > him|her|them|baby|daughter|son|mum|dad|nan|brother|sister|husband|twin low|stillb*|loss|died|lost|heaven|want|like|would|grave !group !class !meeting !gym !nicu !scbu !weekend !walk !playgroup !church
			if|whatever > something|anything|it|i > happened|happens|crash*|die|died happened|so_be_it|fine|relief|wouldnt|belt|fast|dont_care|good !call !ring !form
			promise|guarantee|say|sure > i|ill|that > still|be > here|alive|around|safe NOT
			intends|intend|intending|plan|plans not_to_survive|not_to_live|to_die|to_end|not_be_alive|not_survive
			not_survive|wont_survive|not_to_survive|wont_be_alive|not_be_alive|dont_survive birth|intend*|this|hearing|see|stating|she|i|want !scared !worried !afraid !fear !prem*
			not_scared|not_afraid|no_longer_afraid|dont_fear|not_frightened > of|death|dying dying|death|die
			close|shut > my > eyes|eye never|not|forever|open|wake|again want|like|wish|could|just !shampoo !minute
			think|thinking|thought|idea > who > have|should|would|look|get|raise after|her|him|baby|kids|them !work !nursery !babysit* !labour !hospital !theatre
			wont_need|not_need|dont_need|no_longer_need > me|it|them|appointment|second i|me|by_then|go|then|sorted !formula !help !gp !services !bottle !pump
			finally > go|rest|leave|sleep_forever|be_free|stop i|can !home !bed !shower !shop !toilet !holiday
			all|only|cant_stop > i|thing > think|thinking PILLS|cupboard|bridge|river|rope|train|heart_medicine|knife|roof|dying|death !prescription !labour
			chosen|picked|planned song|songs|hymn|coffin|dress|flowers|music time_comes|funeral|know|after|gone !wedding !christening !first_dance !naming
			long_sleeves|sleeves|cover|hide > see|sees|seen|what_i|my_arms|on_in what|arms|did|done|cuts|health_visitor|heat|marks !sun !eczema
			driving|drive|drove too_fast|seatbelt|belt|eyes_closed|without_lights|blind something|happened|care|hope*|die|bend|bends !late !car_seat !baby_seat !partner !taxi
			line_went_dead|hung_up tearful|cant|here|mum|suicid*
			ending|end|endin > it|my_life|life > all|al|weekend|tonight|soon|this|all_this thinking|think|want|plan|feel|gonna !labour !breast*`),
		anyWords("suicide-others-better", CategorySuicide, LevelUrgent, negatable, "others would be better off",
			`
			ANYBODY BETTER without_me|gone|dead|wasnt|werent|not_here|disappear*|died|without_her|with_me_gone|left_them !nursery !milk !sleep !bottle !formula !feed !work !back_at
			they|everyone|everybody|family|kids|world|boys|girls > fine|cope|manage|ok|happy|okay|survive > without >> me|her|us !nursery !night !weekend !nap
			they|theyd|he|hed|she|shed|kids > find|get|get_a|meet|deserve|deserves|have|need|needs proper|real|better|different|new|another|decent|normal|good|nicer|stepmum > mum|dad|mother|mummy|wife|daddy|parent|someone|family|life !friends !health !midwife !house
			cry|sad|upset|miss_me > month|while|week|bit|days|first then|after|forget|over|move_on|find
			waste|drain|liability|dead_weight|curse|poison|parasite|dragging|drag|millstone|weight > on|of|to|for|them|everyone > everyone|family|them|space|him|baby|everybody|air|oxygen|all !bottle !time !money !gain !loss !milk !nappies
			worthless*|guilt|useless|failure relieved|died|die|dead|gone|better_off|suicid*
			once|when|if|after im|i|shes|she gone|dead|no_longer_around|not_around|not_here|arent_around|isnt_around|no_longer_here better|life|have|happy|raise|look_after|fine|forget|long|remember|kids|baby !holiday !work !shops !shop !home_time !back_to_work !hospital
			BABY|kids|children|babies whose|without|lost|lose mums|mums_die|mothers|mum|mother|their_mum fine|ok|okay|cope|turn_out|read*|die|around !nursery !work !scared !afraid !nan
			never > know|remember|miss > me|i_was|id !sleep
			wont|wouldnt|not|never|wont_even > remember|miss|notice|know > me|im_gone|i_was|id_gone !appointment !form
			deserve|deserves|need|needs|have > someone|somebody|mum|mother|dad > else|isnt_me|who_isnt_me|not_me|better|proper|who_can_love|who_loves|whos_not
			NOT > good_enough|fit|deserve > live|alive|mother|mum|be_here gone|dead|without|world|earth|take_him|alive
			bad|terrible|worst|awful|useless > mother|mum|dad|for_them|for_him|for_her gone|dead|better_off|without_me|disappear|leave_them|die`),
		anyWords("suicide-no-future", CategorySuicide, LevelUrgent, proof, "no future with the speaker in it",
			`
			i|ill|im|myself|me > not|wont|dont|cant|never|doubt|wouldnt > see|be|being|reach|having|make|get|around > LATER|that_one|it_to !work !buy !cake !party !money !afford !travel !abroad !holiday !appointment !visit* !ready !home !presents !form
			dont|cant|not|never > see|imagine|picture > myself|me > LATER|old|older|around|here|alive|next|being|future|there !work !breast* !driving !feeding
			LATER i|ill > wont|not > having|around|there|here|alive|get_to !work !abroad !holiday !away
			wont_matter|doesnt_matter_anymore|no_longer_matter|wont_be_long|not_long_now morning|read|soon|thank_you|sorry|anymore|gone|nan|around
			give|gave|giving|given > up > life|everything|fighting|hope|living|trying !breast* !feeding !job !work !smoking
			nothing|no|not|none > left|live|worth > for|living|live|me|to > me|live|living|go_on|anymore !fridge !milk !clothes
			dark|darkness|black|tunnel|hole|pit no|not|never|cant > way_out|light|out|end|see !nights !room !winter !morning
			hopeless*|despair*|desperate > about|future|life|everything|tonight|end !sleep !help !housing !for_sleep !help_with`),
		anyWords("suicide-plan", CategorySuicide, LevelUrgent, negatable|past, "a means, a time or a plan",
			`
			saved|save|saving|stash*|hoard*|stockpil*|collect*|hid|hidden|keeping|counting|counted|count PILLS|codeine|enough !prescription_collect* !pharmacy !savings !money !chemist !dosette
			counting|counted|count|checked|count_them > PILLS|cupboard|medicine_cupboard|tablets enough|calm*|how_many|night|every|them !days_until !daily
			enough > PILLS|in_there|to_do_it|to_die|to_end|codeine cupboard|calms|saved|now|know|do
			know|knows|worked|decided|picked|chosen|planned|choose|planning|sorted how|when|which|where|day do_it|doing_it|kill|train|jump|end_it|bridge|tree|going_to_do|way !move !feeding !wean* !sleep_train* !potty !catch !routine !school !potty_train*
			which > train|bridge|tree|tablets|building|platform she|worked|decided|waiting|jump|stand !london !catch !station
			rope|noose|hosepipe|ligature|cord|belt|flex|hose garage|bought|buy|looking|look|tied|tie|tying|neck|loft|tree|shed|car|research*|beam|stop|attic|banister|ready !conveyor !swing !dog !umbilical !garden !born !delivery !dressing !seat !birth !blind
			bought|got|found > rope|razor|blades|helium|hosepipe|blade !legs !shav*
			drove|drive|driven|walked|went|go|stood|sat|parked|driving|walk HEIGHT|WATER stood|sat|hour|hours|decid*|whether|top_level|thought|looked|edge|go_back|going_back|jump|over|end|tonight|in !swim* !shop* !lunch !picnic !ice_cream !pram_walk !friend !lovely !play* !nice !holiday
			foot_down|accelerat*|speed*|seatbelt|swerv*|steer*|bends hit|tree|wall|lorry|crash|off_the_road|oncoming|barrier|hoping|bridge hop*|wish*|tempt*|think*|want*|hit|imagin*|nearly|could !car_seat !scared !worry
			letters|letter|notes|note|videos|cards|goodbye > AFTERWARDS|drawer|goodbye|eighteen BABY|boys|girls|him|her|them|kids|when|for !hospital !appointment !midwife !gp !nursery !clinic !school !thank_you
			insurance|life_insurance|passwords pays|pay|payout|nobody|myself|after|do_it|suicid*|moved|deal|why|in_case|one_less|boys !mortgage !car_insurance !travel !home_insurance !comparison !lost
			jewellery|rings|possessions|belongings|watch|wedding_ring|things|pets|dog > to|nan|mum|sister|friend look_after|for_good|keep|goodbye|gave|giving|given !borrow* !pawn* !insured
			sorted|decided|arranged|agreed|know|settled|told|written whod|who|who_would|wholl|whos > have|take|raise|get|bring|keep|going_to_have > kids|baby|him|her|them|children|boys|girls|twins !work !nursery !appointment !theatre !labour !hospital !c_section !birth !shift !weekend
			waiting|wait|until|once|after sister|mum|mother|nan|asleep > have|take|got|collect|arrive|come kids|twins|baby|him|boys|children|do_it|then|do do_it|how|train|going|die|when !labour !birth !nap !jabs !appointment
			look_after|take_care_of > BABY|little_one|him|her|them|kids for_good|for_me|always|forever|goodbye|sorry|gone !weekend !appointment !nursery
			texted|text|message|messaged|sent goodbye|farewell|sorry|love_you_all > wife|husband|baby|picking|answer*|look_after|phone|photo !nursery !playgroup
			sorry > mum|everyone|baby|them|him|mam|dad|all PILLS|goodbye|tell|love_you|forgive|gone !late !wait
			plan|plans|intent|intends|intending > OD|hang|overdose|jump|end|die|kill|suicid* !denies !no !nil
			going_to|gonna|will|about_to > end_it|do_it|jump|hang|od|overdose > tonight|now|today|once|when|soon|asleep !not`),
		anyWords("suicide-means-weighed", CategorySuicide, LevelUrgent, negatable|past, "a method thought of",
			`
			THINK|WISH|could|would|urge|plan|looked|look|looking|research*|google* take|taking|swallow*|took|overdose > PILLS at_once|all|together|handful|bottle|whole|every|lot|one_go|enough|too_many !doctor !gp !prescribed !as_prescribed
			looked|looking|search*|google*|read|reading|internet > how_many|how_much|ways|painless|methods|lethal|what_happens|whether|quickest|how_to > PILLS|die|dose|do_it|end|take|kill|babies|hang|whose|insurance|tablets !nappies !calories !milk !feeds !ounces
			how_many|how_much > PILLS|paracetamol > take|would|kill|need|die|overdose !day !calpol !safe !breast*
			one_step|step|a_step|one_twitch|a_second|one_second|single_step quiet|over|lorry|road|left|front|train|platform|traffic all|me|it|be|over|think|out !stairs !toddler !walk !at_a_time !towards !step_by
			lie_down|lay_down|walk|walking|step|stepping|jump|jumping|wander|drive|driving|throw_myself > in_front|into|onto|under|off > HEIGHT|train|traffic|lorry|road|WATER|bus|cars|tree|wall !pram !buggy !shop !look_both
			look|looking|stare|staring|stand|watch|standing > at|over|down|from > HEIGHT|trains|train|bridge|knives|knife|PILLS|rope|tablets think*|wonder*|imagin*|jump|easy|quiet|over|how_long|all_stop|end|peaceful|calm* !train_set !toy !duplo !waiting`),
		anyWords("suicide-selfharm-any", CategorySuicide, LevelUrgent, negatable|past, "self-harm in any verb",
			`
			i|ive|im|she|shes|been|keep|started|mum > cutting|cut|cuts|burning|burned|burnt|slicing|scratching|carving|slashing|stabbing|biting|punching|hitting|scalding|starving|gouging|scraping|picked|stubbing > my|myself|her|herself > arms|arm|legs|leg|thighs|thigh|wrists|wrist|skin|stomach|tops|hips|hip|belly|body|head|hands|again|hob|lighter|iron !nails !hair !fingernails !toenails !fringe !baby_nails !tooth !oven !kettle !cooking !steriliser !c_section !section !accident* !plaster !shav* !mosquito !bites !bit
			i|ive|im|been|she|keep|started|again|back > cutting|slicing|burning|scratching|self_injuring|shing > again|last|since|on_purpose|to_cope|to_feel|at_night|for !teeth !cords !costs
			purpose|deliberately burn*|cut*|scald*|hurt*|scratch*|bruise* myself|my|herself|i|arm|legs|hob|hand !baby !him !he !hes
			shd >> last|again|yesterday|tonight|this|at|on
			blade|blades|razor|lighter|scissors|compass|glass|iron|straighteners|hob > my|skin|arm|leg|thigh|against|wrist|again|purpose|into > skin|arm|leg|thigh|wrist|again|relief|release|better|myself !shav* !hair !nails !burnt_my_hand !wrapping
			relapsed > again|cutting|self|harm|last|after !smok* !ms !epilep*
			tried|try|attempt|attempted hang|overdose|end|kill|drown|jump|slit back_to|same_place|again|now|headspace|lately|myself|recently|ago|last !never !idiom
			near_lethal|attempted_hanging|attempted_suicide|previous_attempt|serious_attempt
			lacerat*|superficial* forearm|forearms|arm|arms|wrist|wrists|thigh|thighs|night|cuts|self !perineal !perineum !tear !degree !labial
			bang|banging|bash|bashing|smashing|smash|hit|hitting|punch|punching|slap|slapping|headbutt* > my|her|own > head|face|thighs|legs|stomach|self numb|until|till|wall|quiet|against|floor|myself|stops|feel|calm|stop|hard|keep !low !by_accident !cupboard !shelf !baby
			punish|punishing|punished|starve|starving|burn|burning|hurt|scald|scalding|bite|biting|pinch|slap|slapping > myself|herself|himself
			stopped|stopping|skip|skipping|refusing > eating|drinking|insulin|food|medication fade|die|disappear|purpose|waste|deserve|punish
			long_sleeves|sleeves|plasters|bandage|bandages hide|hiding|cover|covering|under > cuts|scars|arms|marks|burns|cutting|what|self|sister !c_section`),
		anyWords("suicide-with-baby", CategorySuicide, LevelUrgent, negatable, "both to die together",
			`
			i|ill|id|we|me|us > go|gone|die|jump|do_it > comes|coming|with_me|together|both !shops !shop !walk !out !holiday !appointment !group !bath
			leave|leaving|left > him|her|them|baby > behind > if|when|go|comes|die|never|wouldnt !bag !nursery !shop !work
			never|wouldnt|couldnt|not > leave|leaving > him|her|them|baby|kids > behind
			take|taking|bring > BABY|him|her|them|kids|children > with_me > die|dead|end|when|if|go|heaven|gone|do_it !shop !work !walk !appointment !holiday !bath !room !bathroom
			both|all_three|us_both|both_of_us > dead|die|heaven|gone|sleep|peace|together|end|jump !tired !crying !asleep_at !tears`),

		// Thoughts, images and fears of harming the baby.
		anyWords("baby-image", CategoryHarmBaby, LevelUrgent, negatable|past, "a thought, image, urge or fear of hurting the baby",
			`
			THINK|FEAR|WISH CRUEL BABY|him !myself !my_head !bottle_of !choke !choking !vaccin* !jabs !labour !accident* !vomit !reflux !nails !food !weaning !idiom !tooth !doctor !dummy !ball !toys !he_hits !siblings !hurts_me !hurt_my !feelings !cost !hair
			THINK|FEAR|WISH|gonna|might|could|will CRUEL > him|her|it|baby|them|my_baby|the_baby|my_son|my_daughter !choke !accident* !nails !feelings !hair
			my|own > hands|arms|hand|body > want*|do|itch*|going|will|might|shake|need|try !tea !shake_when !full !sore !hurt !ache !cold !hold !off
			hands > want*|wanted|itch* > to > CRUEL|squeeze|do|hurt|him|her
			sit|sat|sitting > on > hands
			letting_go|let_go|release|let_it_roll > pram|buggy|pushchair|him|her|baby|handle|wheel !mum_guilt !of_guilt
			cushion|pillow|blanket|duvet stand|stood|standing|over|held|holding|press|down|put|picked|face > cot|face|him|her|baby|back|head !feeding_pillow !breastfeeding !nursing !pregnancy !sleeping_bag !unsafe !nap !cry !crying_into !my_face !my_head
			understand|understood|see|realise|get|know > how|why|what > people|mothers|parents|mums|women|some|dads|they|others|someone > papers|news|did|babies|baby|shake|kill|snap|hurt|harm|do|end_up|headlines|their|lose !enjoy !tired !help !friends
			papers|news|headlines > babies|baby|mums|mothers|what_they_did|parents understand|close|could|how_people|next
			that_close|so_close|this_close|inches|close_to > doing|shaking|hurting|throwing|snapping|hitting|losing|smothering !birth !labour !due !bond* !friends !him !family
			THINK|should|reports|believes|would|ego_syntonic baby|he|she|infant|child|it|daughter|son > should|could|would|must|deserves|needs > die|dead|not_wake|not_exist|be_dead
			ego_syntonic|ego_dystonic|infanticid*
			FEAR|not|avoid*|dont|refuse*|cant|wont|no_longer bath|bathe|bathtime|stairs|window|balcony|kettle|knife|knives|kitchen > drown|throw|drop_him|drop_her|stab|hurt|push|urge|might|let_go|thoughts|hold_him_under|images !slip !slippery !accident*
			FEAR|dont_trust|cant_trust|not_safe|shouldnt_be|not_be|dont_leave > alone|on_my_own|by_myself|left > with > BABY|him|her|myself|them !lonely !stranger* !night_shift !bored !choke* !poorly !what_to_do
			what|something|anything > i|ill|id|im|she|shes > do|might|could|did|capable > BABY|him|her|to_him|to_her|alone|baby !for_him !about !best !gp !feed !wrong !help
			wonder|thinking|think|imagine > how_long|how_hard|how_easy|what_would_happen|what_it_would > water|him|her|drop*|under|throw|squeeze|take|push|hold > !nap !sleep
			shut_him_up|shut_her_up|make_him_stop|make_her_stop|make_it_stop for_good|forever|whatever|pillow|hand|any|anything|hurt|shake !lullab*
			wish|regret|want|hope|pray > baby|he|she|him|her|it > never_born|not_born|dead|die|died|gone_forever|not_wake|not_woken|disappear !worry !scared
			throw|push|drop|chuck|smash|roll > BABY|him|her|it|pram > window|stairs|wall|floor|road|river|balcony|bridge|traffic|lake|sea|hill !toy !ball
			THINK water|bath|pillow|blanket|sea|traffic > over|closing|under|into|above > face|head|her|him|baby|he|she
			hands|hand|fingers|belt|cord|scarf > round|around > him|her|his|baby|neck|throat|them !finger !my_finger !bottle !waist !my_neck !cord_round !delivery !born !me !mine
			mums|mothers|parents|women|people|one_of_those > news|papers|headlines|documentary|prison|killed|snap !tired !feed*
			knives|knife|scissors|kettle|iron|stairs|balcony|window|drawer avoid*|hide|hid|away|use|touch|hold|near|cant|locked|stopped head|thoughts|comes|mind|might|could|picture*|urge|pops !stair_gate !safety !baby_proof* !childproof*
			THINK|FEAR molest*|paedo*|pedo*|sexual|sexually|inappropriate*|abusing|wrong_way|wrongly|touching|private BABY|him|her|change|nappy|nappies !my_own_childhood !as_a_child
			what > id|ill|i_might|i_could|i_would|i_will|im_going_to|i_may > do him|her|baby|alone|scream*|cry*|myself|scared|with !without !if_anything !next
			my|this > temper|anger|rage > him|her|baby|with|at|towards|when|frighten*|scare* frighten*|scare*|control|worse|terrif*|baby|him|her !sister !husband !partner
			baby|he|she|infant better|easier|happier|wish not|hadnt|never|didnt > survived|lived|survive|live|made_it|pulled_through|been_born|conceived !milk !sleep
			close|nearly|almost|inches > snapping|throwing|shaking|hurting|smothering|dropping|hitting|losing_it|losing_control|doing_it|doing_something
			what|something > comes_into|goes_through|pops_into|in > my > head|mind hurt|knife|knives|him|her|baby|kill|scare*|bath !song !tune
			THINK|mind|see|wish > break|finish|destroy|crack|burst|open|cook|eat > baby|him|her|the_baby !bond !cute !news !ice !sleep_cycle !kisses !wake
			wish|want|urge|come_in_me > make > her|him|baby|it > finish|stop|quiet|silent|die|gone fear|afraid|bad|long|scream*|cry* !latch !poo !wind !trump !burp !feed
			hide|hid|hidden|gave|given|lock|locked|put > scissors|knife|knives|razors|belts away|neighbour*|cant|him|her|baby|house|drawer|so_that|drop !toddler !baby_proof* !childproof* !hospital_drop
			pillow|cushion|blanket|duvet > over > basket|moses|cot|crib|pram|him|her !breathab*
			this_close|that_close|so_close to|lamping|hitting|shaking|throwing|losing|smash* baby|him|her|it !birth !due !labour !bond*
			afraid|scared|frightened|fear > from|of > myself|me|what_i|my_hands|my_thoughts|my_head|my_own_mind
			chuck|throw|lob|launch|drop|boot|fling > him|her|baby|it > out|off|at|down|against|over|under !nappy !milk !clothes !phone !toy`),
		anyWords("baby-left-to-cope", CategoryHarmBaby, LevelUrgent, negatable, "kept apart because of what might be done",
			`
			put|shut|left|lock|locked > him|her|baby|them > room|door|doors|cot|bathroom|cupboard hands|squeeze|hurt|shake|before_i|otherwise|or_i|scared_of|might !coping !nap !settle*
			before_i|in_case_i|so_i_dont|scared_i|afraid_i|else_i|otherwise_i > do|hurt|shake|snap|lose|throw|harm|smother|squeeze|hit|kill|explode|break !myself !accident* !track !keys !mind !job !break_it !marbles !crying !cry !appointment
			rage|fury|red_mist|seeing_red|hatred|hate him|her|baby|scream*|cry* > scare*|hurt|shake|hands|control|frighten*|throw|cant|grip* !my_body !husband !breast* !him_working`),
		anyWords("baby-harm-wish-dead-prof", CategoryHarmBaby, LevelUrgent, negatable|past, "a professional's words for it",
			`
			thoughts|urges|ideation|impulses > of|to|towards > harm|harming|smother*|baby|infant > baby|infant|child|son|daughter|him|her`),

		// Domestic abuse.
		anyWords("abuse-violence", CategoryAbuse, LevelUrgent, negatable|past, "violence by a partner or relative, in any verb",
			`
			PARTNER > VIOLENT > ME|sister|daughter !idiom !cake !wall_paper !love !pressure !away_tears !ball !toddler !son !baby_brother !chess !grab_me_a !force_me_to_rest
			he|hes|she|shes|they|who > BRUTAL > me|us|mum|mother|my !idiom !bottle !toys !feed !feeding !nipple !latch* !bump !womb !toddler !milk !tired !overtired
			VIOLENT|puncht >> me|mum > in|on|about|around|across|down|into|against|until|again|when|round > belly|stomach|bump|face|head|floor|wall|stairs|throat|eye|drunk|chest|jaw|door|drink|pregnant !idiom !pump !bag
			VIOLENT > against|into|down|over > cot|wall|door|fridge|floor|stairs|table|sink|worktop|counter partner|male|victim|he|husband|her|me|mum|ex !idiom !toys
			BROKE > my|her|mums > rib|ribs|nose|jaw|arm|wrist|tooth|teeth|finger|cheekbone|collarbone|eardrum|phone|things|hand he|partner|husband|ex|dad|him|boyfriend !fell !birth !trip*
			bag|suitcase packed|case kicks_off|again|he|escape|leave|nans|run|him|hidden !hospital !labour !birth !nursery !holiday !changing
			kick|kicks|kicking|kicked > off > he|hes|drink|drunk|like|again|scared|when|if|last !blanket* !sock* !covers !baby !shoes !season !football !nappy !tantrum !weaning
			male|partner|perpetrator|suspect|he > VIOLENT|pushed|grabbed > victim|female|her|aggrieved|ip
			bruis*|black_eye|black_eyes|split_lip|marks upper_arms|arms|neck|face|eye|wrists|different_ages|differing|antenatal|throat|jaw she|mum|woman|mother|client|her|tearful|patient|wife|sister|i|ive|my !canula !cannula !blood !bloods !injection !baby !infant !drip !son !iv !birthmark
			prosecution|ppn|merlin|dash_risk|victimless|aggrieved|declines_to_support|domestic_incident|domestic_callout|dv_incident|dv1
			PARTNER|he|hes > bad|handy|nasty|free|quick|rough|violent|heavy > with_his_fists|with_his_hands|fists|hands|hand|temper !baby
			drink|drunk|drinking|pissed|cocaine|coke|beer > he|hes|husband|partner|dad|him VIOLENT|hurts|scared|scary|mean|nasty|rages|angry|frightened|smash* !milk !hot !coffee !water !soft !juice !tea !bottle
			VIOLENT >> me|us|mum > he|husband|partner|if|when|again|every|last|so|with|and > !idiom
			he|husband|partner|hes|boyfriend|ex|dad > punch*|kick*|smash*|hit|hits|slam*|threw|throws|break|breaks|broke > wall|walls|door|doors|table|furniture|holes|window|plates|tv|phone !toddler !ball !bottle !toys !cot
			chase|chased|chases|chasing > me|us|mum|her > belt|knife|house|street|stick|round|with|down|screaming !toddler !dog !tickl* !park
			belt|stick|shoe|cable|slipper|wire|cane > me|on|hit|beat*|used|with he|father|husband|mother|they|in_law|uncle|brother me|my|us !seat_belt !seatbelt !car
			bruis*|black_eye|rib|neck|injur*|fracture|eye|lip states|said|says|told|claims|say she_fell|fell|fall|tripped|clumsy|walked_into|door mum|she|woman|client|patient|mother|people|i !baby !toddler !infant !he_fell
			hold|holds|grabs|grab|took|squeeze*|hands > my|her|mums > neck|throat|hair|wrists|jaw !breast* !baby !latch !born
			shiner|black_eye|fat_lip|split_lip|thick_ear|busted_lip|bruised_ribs off_him|again|told|door|him|he|partner|telling|hide|say|gave !toddler !baby !football !headbutt*
			BROKE|broke > her|my|mums|sisters > wrist|arm|nose|jaw|rib|ribs|finger|eye_socket
			thats_what|been_told|told > to > say|tell accident|door|fell|told|what !gp !doctor
			told|tells|telling|said > slipped|fell|tripped|door|stairs|accident broke|broken|wrist|boyfriend|partner|husband|eye|shiner|bruis* !baby !toddler !he_fell
			strangl*|choked|throttled|hands > blacked|black|passed|out|until|till|tuesday|fainted|conscious me|her|mum|us`),
		anyWords("abuse-forbidden", CategoryAbuse, LevelUrgent, proof, "forbidden, in any grammar; the negation is the meaning",
			`
			he|hes|they|PARTNER|hed > NOT > SHUT > ME|alone|my|any|out|go|phone FREEDOM !idiom !lift !carry !housework !feed !bottle !put_him !hold_him !heavy !rest
			he|hes|PARTNER|they > NOT > SHUT > me|us|mum|wife|her > FREEDOM !idiom !lift !carry !put_him !housework !heavy !put !nap
			i|im|she|shes|mum|client|house|woman|wife > NOT > allow|allowed|permitted|permission|let > FREEDOM|phone|money|visitors|alone|outside|go|see|speak|eat|sleep|bed|bathroom|food|without !HOSPITAL !swim* !doctor_said !vaccine !dogs !flat_landlord !drive_yet !landlord !exercise !gym
			NOT > have|got|give|gives|given|hold > key|keys|phone|money|card|passport|bank_card|papers he|PARTNER|hes|locked|inside|close|house|they !spare !change !skint !afford
			CAPTIVE in|inside|out|house|room|children|home|indoors|bedroom he|PARTNER|hes|him|they|husband me|i|im|us|children|her !car_seat !nursery !stair_gate !asleep !rain* !playpen !cot !pram !cat !keys_inside !accident* !toilet_door
			without|need|needs|ask|asking > permission|his_permission|asking > him|husband|he|go|leave|his|partner|spend|see|buy|from
			he|hes|husband|PARTNER|they > decides|chooses|says|dictates|tells|controls|picks|rules|orders|demands|insists > what|who|when|where|how|me > wear|eat|spend|see|go|sleep|talk|speak|money|to_wear|breathe|obey|stay !best !baby !helpful !rest !relax
			obey|disobey|obedient|his_rules|follow_his_rules
			i|she > have|has|need|must|got > account|justify|explain|receipts|prove|ask|report|photo|send > penny|every|receipts|money|spend|spending|where|location !gp !midwife !tax !benefit* !team !work
			answer|reply|home|late|pick_up|ring|text|back|obey|dinner trouble|punish*|hell_to_pay|kicks_off|goes_mad|loses_it|pay_for_it|consequences|suffer|regret if|or|unless|by|when|dont he|hes|husband|i|im|partner|theres !baby !he_cries !feed !milk !nap !school
			home|back > by > trouble|else|run|or !baby
			he|husband|partner|hes|ex|boyfriend|they says|said|tells|say nobody|no_one|none want|love|have|believe|like me|else
			he|husband|partner|hes|boyfriend|ex|they|dad > says|calls|tells|call|called|calling|say > me|im|i > mental|crazy|mad|unfit|psycho|stupid|useless|fat|ugly|cow|slag|whore|worthless|pathetic|lazy|bitch|slut|names|disgusting|thick|failure|nothing|retard
			make|makes|made|making|treat* > me|us|her > work|servant|slave|clean|cook|maid|sit|stand|kneel|apologise|beg|sleep family|husband|in_laws|they|his|he|mother_in_law|partner !laugh !tea !dinner !want_to !feel !happy !baby_makes
			told_off|shouted_at|punished|in_trouble|interrogated|questioned|accused|screamed_at late|minutes|back|shop|out|if|home|dinner !school !teacher !son !daughter !work
			mother_in_law|in_laws|his_mum|his_family|husband_family|his_mother not|no|never|wont|dont|doesnt|only > give|let|allow|feed|gives > me|food|phone|eat|out|sleep
			must|have_to|should|right|duty|owe|entitled sex|bed|intimate|body husband|he|his|him|wife !bed_time !baby_bed !cot
			NOT > seen|speak|talk|see > alone|own|private > !baby !stranger
			PARTNER|he|hes|they NOT > let|lets|allow > me|us|her|mum until|unless|apologise|sorry|beg|permission|behave|good
			permission > to|for|from > wash|eat|go|leave|sleep|see|use|spend|speak|shower|bath|toilet|phone|shop !school !gp !consent !photo* !share !speak_to_my_hv !contact !refer
			ask > permission
			lovely|charming|nice|different|perfect|sweet > to|in|when|with|as_long > everybody|everyone|public|visits|others|front|company|people|i_dont nobody|behind|closed|gone|home|doors|would|believe|alone|different|spend|wear|talk
			as_long_as|only_if|provided > i > dont|do|am|stay|behave|keep|obey talk|spend|wear|see|quiet|say|home|argue|angry|lovely|happy|fine|calm he|hes|him|husband|partner !baby !sleep !feed !cuddle
			take|took|taken|keep|hide > my > telephone|phone|mobile|sim|papers|passport|visa|money|keys family|they|he|husband|in_laws|mother|uncle|brother* !toddler !baby
			bring|brought|brings > me|her > here|england|uk > for|to|marry|marriage|work cannot|outside|phone|telephone|money|marry|family !hospital !mum !refuge
			punish*|disown*|kill|beat|shame*|honour family|brothers|father|uncle|uncles|brother|cousins|community husband|child|baby|married|boyfriend|pregnant|marriage|me !sibling
			threat*|thretnin|threaten* > to > tell|say|report|call|post|share|take|kill|leave leave|left|if|kids|everyone|social*|police|boss !work !job`),
		anyWords("abuse-watched", CategoryAbuse, LevelUrgent, negatable|past, "watched, followed, robbed, kept apart",
			`
			he|hes|hed|PARTNER|they > CONTROL > MYTHINGS !his_phone !keeps_ringing !phone_charger !lost_keys !app_that !save_money !spare_keys !looks_for !photos !baby_monitor !on_his_phone !keep_money_aside !night_shift
			CONTROL > my|mums|her|all_my|our > MYTHINGS|finances|movements|spending|contraception|pill he|PARTNER|hes|him|they|mother|mil|ex|dad !baby !toddler !blood !holiday !mot !midwife !he_grabs !insur*
			he|hes|husband|PARTNER > listens|listening|listen > in|door|calls|every|everything|phone|appointment|home|through|works|from
			at_home|from_home|home|appointment|calls > he|hes|husband > listens|hears_everything|listening|always_there|watches_me|in_the_room
			x|ex|he|hes|husband|partner|boyfriend > turn|turns|sit|sits|sitting|sat|waits|waiting|parks|parked|stands|standing|appears|shows|hangs|drives > outside|house|car|window|work|school|street|past watch*|night|wearing|scared|text*|txts|follow*|stalk*|every|still|unannounced|threaten*|all_night !taxi !deliver* !dad_waits !pick !giving_me
			follow|follows|following|followed|stalk* me|us|her he|PARTNER|hes|x|ex|everywhere|he_is !instagram !up !cleaner !social_media !toddler !cat !dog !baby !routine
			only > talk|speak|ring|text|message|reply|type|chat > when|while|if > his|hes|husband|he|him|partner|van > gone|out|work|away|shower|leaves !asleep !nap* !nursery !sleeping !school !sleeps
			dont|please|not|never|cant|mustnt > put|write|send|tell|say|call|ring|leave|phone|mention|text > anything|letters|letter|post|voicemail|red_book|house|messages|him|husband|partner|he > husband|partner|he|him|hes|see|sees|find|finds|reads|opens|red_book|home|know !surprise !busy !work !sleep* !night* !feeds !evening !change !address !moved
			delete|deleting|hide|hiding|hid > this|these|messages|chat|texts|history|phone|app|it > he|him|husband|partner|hes|before|so|from !baby
			he|husband|partner|hes > not|doesnt|mustnt|cant|dont > know|find|see > im|i|this|about|that > writing|text*|message|messaging|talking|here|speaking|contacting|on_here|doing_this|this|told|referr* !surprise !answer !form !pregnant
			he|hes|husband|PARTNER > flush*|flushed|threw|bin|binned|destroy*|ripped|smash*|smashed|burnt|burned|cut_up|took|hid > tablets|pills|antidepressants|meds|phone|medication|passport|clothes|sim|contraceptive !accident*
			send|sends|sending|sent|take|ship|deport* > me|her > back|home|country|abroad > keep|child|baby|obey|country|visa|without|husband|if|pakistan|bangladesh|nigeria|india|they|he|family !hospital !ward !maternity !text
			rings|calls|texts|phones|messages|facetimes > me > every|constantly|minutes|times|all_day|check|prove he|hes|husband|partner|boyfriend|ex|where|who !sweet !miss* !lovely !mum !love
			he|husband|PARTNER|they|hes|his_mum > get|gets|got|have|has|goes|go|went|looks|look|hold|holds > my > wages|money|benefits|bank|passport|phone|card|account|salary|bag|purse|drawers|post|things|messages !nose !eyes !back !changing_bag
			he|husband|PARTNER|hes > goes|go|going|went|looks > through > my > bag|phone|things|messages|drawers|post|stuff|purse|pockets
			NOT|no|lacks|zero > own|access|any > money|finances|funds|account|bank|documents beg|ask|husband|he|partner|english|woman|client|mum|wife|him !council !benefit !maternity_pay !until
			beg|begging|beg_for > money|nappies|food|formula|cash|him
			photo|picture|location|video|selfie prove|proof|to_show > where|him|i|im !gp !rash
			app|tracker|airtag|life360|gps|location > phone|car|where|knows|track* he|husband|partner|ex|hes|him !baby !feeding !nhs !feeds
			careful|discreet|discrete|no_letters|withheld send|write|say|put|post|ring|leave he|husband|partner|him|reads|sees !voicemail_full
			PARTNER|he|husband|boyfriend|male dominat*|withhold*|restrict*|isolat*|interrupt*|undermin*|belittl*|intimidat*|coerc*|gaslight*|sabotag*|humiliat*|monitors|minimis*|hovers her|mum|woman|client|appointment|me|medication|victim|contact|family
			messag*|texting|calling|ringing|contacting > me > saying|hes|threat*|going|all|every|day|since|from wont_stop|keep|keeps|constantly|non_stop|get_me|find_me ex|he|hes|him|partner|husband
			going_to_get_me|coming_to_get_me|coming_for_me|get_me_back|hunt_me|find_me_and|he_will_find|hell_find he|hes|ex|him|hell|if|husband
			ex|x turn*|turning_up|bang*|show*|sit|waits|waiting|follow* door|house|outside|work|3am|night|uninvited|nursery !tax !pick_up !collect`),
		anyWords("abuse-threats", CategoryAbuse, LevelUrgent, negatable|past, "threats",
			`
			if leave|left|leaving|go|tell|told|speak|divorce says|said|threat*|hell|swears|promised|told|warns|warned|reckons he|hell|husband|PARTNER|hed|they kill|take|find|never_see|social*|mad|court|sorry|lose|himself|police|immigration|burn|regret|baby|son|kids|daughter|children !idiom_x !gp !midwife !early !nursery !work !party
			id|ill|i|be > be >> sorry if|he|gp|leave|tell|went|told|again !late
			kill|hurt|stab|bury|burn|shoot|ruin|destroy|deport|strangle* > me|us|her|my_family|mum he|hell|hed|husband|partner|ex|threat*|says|they|boyfriend !idiom !love !labour !feet !back !pump !joke
			threat* > me|us|her|mum|to|with|my|him_off|by !premature !preterm !miscarr* !labour !job !redundan* !evict* !job_loss
			take|takes|taking|get|have|keep|keeps|steal|stealing|snatch > baby|him|her|kids|son|daughter|children|child > off|away|from|abroad|country|me|if|pakistan > he|hell|hed|husband|partner|ex|family|they|his_family|says|threat* !social* !idiom !walk !park !nursery !day_out !weekend* !hands_full !nursery`),
		anyWords("abuse-forced", CategoryAbuse, LevelUrgent, negatable|past, "forced, in bed or into marriage",
			`
			forces|forced|forcing|makes|made|make|pressures|pressured|forses|expects|pesters|insists|pushes|guilts bed|sex|do_stuff|do_things|sexual*|intimate|sleep_with me|i|she|us|her|he !car_bed !bed_time !flower !baby !nap !lie_down !made_the_bed !make_the_bed
			say|said|saying|says|tell > no|stop > doesnt|didnt|wont|carries|anyway|still|not > stop|listen|on|care|it|does he|hes|husband|bed|partner|him !toddler !biting !baby
			let|letting >> him easier|stitches|sulk*|worse|sore|otherwise|bed|want|nightmare|sex|over_with !sleep !cry !feed !self_settle !bottle !dummy !crawl !nap !cot !have_the !play
			sex|intercourse|intimate > NOT|hurts|force*|stitches|healed|refuse|sulk*|asleep|no|say_no|demand*|sore he|husband|partner|him|boyfriend !gp !pill !contracep* !interest !enjoy !libido !ready_yet !drive
			NOT > consent*|want|ready he|husband|partner > did|does|still|anyway|carried|inside|sex !baby_to !breast*`),
		anyWords("abuse-fear", CategoryAbuse, LevelUrgent, negatable|past, "afraid of somebody at home",
			`
			FEAR > of|from|about|by > dad|father|husband|partner|ex|x|boyfriend|fella|wife|in_law|in_laws|girlfriend|stepdad|brother|family|uncle|father_in_law|he|hes|hell|him !dying !dies !ill !losing !cancer !dead !hurting_his !leaving_me !leaving !germs !sick !lose !breath* !breathing !choking !dropping !holding !moving !sleep* !hurting
			FEAR|frightened > go|going|be|being > back|home|in|inside|alone > he|in|him|home|there|partner|with_him|tonight !hospital !work !theatre !school !nursery !baby !discharge !newborn !dark !labour !gym
			he|hes|husband|partner|dad|boyfriend|ex|shes > scares|frightens|terrifies|intimidates|scaring|frightening|terrorises > me|us|mum|her|kids|sometimes !chok* !breath* !asleep !love !stops !climbs
			tearful|whisper*|quiet|guarded|subdued|withdrawn|looks_to|checks_with|silent > husband|partner|he|him|boyfriend presence|present|surname|arrived|room|called|enters|spoke|answers|speaks|entered|came_in|frightened|home !grief !labour
			walking|walk|treading|tread > eggshells|tiptoe|on_eggshells|egg_shells
			NOT > safe > with|around|near|here|home|in|going|go > him|husband|partner|home|here|house|ex|he|them|tonight !sleep* !cot !bed_sharing !bedsharing !co_sleep* !sling !car_seat !driv* !leave_the_house !covid !neighbourhood
			trapped|prisoner|slave|servant husband|he|him|partner|marriage|mother_in_law|in_laws|home|family|his like|by|with|in !rain* !weather !all_day_with_baby !routine !baby !rains
			anger|temper|rage|moods|outburst* > his|husband|partner|he > scare*|frighten*|worse|flinch*|hide|kids|afraid|walls
			scared|afraid|frightened|careful|terrified > foot_wrong|a_foot_wrong|wrong_thing|upset_him|upsetting_him|set_him_off|make_him_angry|anger_him|him_angry|answer_back|say_no|put_a_foot
			NOT > hit|hits|hurt|touched|violent > but|scared|frightened|afraid|punches|shouts|controls|smash* he|husband|partner|hes !baby
			flinch*|cower*|jumpy|freeze|shaking key|door|comes|car|home|footsteps|hand_up|raises_his|voice|shouts i|she|me|we !baby_flinch !noise !reflex
			hiding|hid|ran|fled|escaped|run > from > him|husband|partner|ex|dad|boyfriend|family|his_family|violence !peek*
			moods|mood|temper he|his|husband keep_quiet|hide|kids_upstairs|quiet|bedroom|avoid|out_of_his_way !my_mood !low
			my_fault|own_fault|deserve|deserved|provoke*|winding_him|wind_him he|husband|him|partner hit|hurt|angry|wind|temper|bruise|lashes|flips|kick*|hands
			chair|wardrobe|lock|bolt|drawers|barricad* > against|on|door > door|bedroom|room|night|sleep sleep|night|scared|room|he|him !stair* !baby_gate !childproof !toddler
			cover*|makeup|make_up|sleeves|sunglasses|concealer bruis*|black_eye|what_he > !baby
			baby|kids|she|he|son|daughter|children silent|quiet|freeze|hide|hides|flinch*|still van|key|car|door|footsteps|dads|his_dad|her_dad|he_comes|pulls_up|dad !nap !sleep !white_noise !drive
			what_happens|what_goes_on > when|once|behind|after > doors|gone|home|closed|alone|drunk|drinks !form !appointment !next !referral !send`),
	}
}
