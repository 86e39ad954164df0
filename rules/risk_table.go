package rules

import "sync"

// riskNames are the groups of words that patterns name in angle brackets. A group may
// use those below it.
var riskNames = []struct{ name, means string }{
	{"it", `him|her|it|them|(his|its|her|baby|the babys?|my babys?) (little )?(neck|head|throat|face|arms?|legs?|skull|body|mouth)|<baby>`},
	{"baby", `((my|the|our|her|his|their|this|that|a|an|your|own) ([a-z]+ )?)?(baby|babies|babys|infant|infants|newborn|child|children|kid|kids|little one|little boy|little girl|lo|bubba|bub|son|daughter|twin|twins|toddler|boy|girl)|((my|our|her|his|the|a) )?\d+ (day|week|month|wk|mth)s? old`},
	{"self", `myself|herself|himself|themselves|themself|ourselves|yourself|me self|self`},
	{"he", `he|hes|hed|she|shes|they|theyre|theyve|who|reportedly|<partner>`},
	{"partner", `husband|hubby|partner|boyfriend|bf|fiance|girlfriend|gf|wife|ex|man|dad|babys dad|father|stepdad|mother in law|father in law|mil|in laws|brother in law|family|perpetrator`},
	{"me", `me|us|her|mum|mother|client|mom`},
	// Verbs.
	{"kill", `kill|end|hang|shoot|drown|stab|poison|finish|off|unalive|top|neck|destroy`},
	{"killing", `killing|ending|hanging|shooting|drowning|stabbing|poisoning|finishing|offing|unaliving|topping|destroying`},
	{"hurt", `hurt|harm|throttle|crush|starve|stamp on|snap|twist|break|hit|slap|smack|shake|throw|drop|smother|suffocate|drown|strangle|choke|punch|kick|kill|stab|pinch|squeeze|burn|shoot|poison|murder|bash|scald|injure|cut|attack`},
	{"hurting", `hurting|harming|throttling|crushing|starving|snapping|breaking|twisting|cooking|microwaving|slamming|hitting|slapping|smacking|shaking|throwing|dropping|smothering|suffocating|drowning|strangling|choking|punching|kicking|killing|stabbing|pinching|squeezing|burning|shooting|poisoning|murdering|bashing|scalding|injuring|cutting|attacking|chucking`},
	{"strike", `hits?|hitting|hitted|beats?|beating|beaten|punch(es|ed|ing)?|kick(s|ed|ing)?|slap(s|ped|ping)?|smack(s|ed|ing)?|push(es|ed|ing)?|shov(e|es|ed|ing)|chok(e|es|ed|ing)|strangl(e|es|ed|ing)|throttl(e|es|ed|ing)|headbutt(s|ed)?|burn(s|t|ed)?|hurts?|hurting|attack(s|ed|ing)?|assault(s|ed|ing)?|threaten(s|ed|ing)?|rap(e|es|ed|ing)|stab(s|bed)?|drag(s|ged)?|pin(s|ned)|grab(s|bed)?|spits?|spat|abus(e|es|ed|ing)|bully|bullies|bullied|bullying|intimidat(e|es|ed|ing)|terroris(e|es|ed)|smash(es|ed)|knock(s|ed)|threw|throws|stalk(s|ed|ing)?`},
	{"struck", `hit|beaten|beat|punched|kicked|slapped|smacked|pushed|shoved|choked|strangled|headbutted|burnt|hurt|attacked|assaulted|threatened|raped|abused|controlled|stalked|battered|bullied`},
	{"think", `think(s|ing)?|thought|thoughts|imagin(e|es|ing)|pictur(e|es|ing)|images?|see|seeing|visions?|flashes|dream(s|t|ing)?|fantasi[sz](e|ing)|intrusive|worr(y|ied|ies)|scared|afraid|fear|fears|frightened|terrified|urges?|feel like|feels like|felt like|feeling like|tempted|close to|going to|want|wants|wanted|could|might|nearly|almost|what if|wish`},
	{"sleepless", `(not|havent|hasnt|barely|hardly) slept|(no|lacks|without|barely any|hardly any|zero) sleep|(havent|hasnt|not|dont|doesnt|didnt|barely|hardly|without) ([a-z]+ ){0,2}(sleep|slept|sleeping)|(awake|up) (for|since) <any>(days|nights)|slept <any>(hours?|days|nights)|(hour|hours|hrs) (of )?sleep|(havent|hasnt|dont|doesnt|didnt|not|no longer|never) need(ed|ing)? (any |to |much )*sleep`},
	{"high", `amazing|fantastic|invincible|on top of the world|never felt (so|better|this)|(so much|full of|loads of|endless|lots of|tons of|boundless|bursting with) energy|so many ideas|buzzing|euphoric|elated|racing|genius|so alive|incredible|unstoppable|strange things|talking (non ?stop|fast|very fast|so fast)|very fast|great plans|big plans|brilliant|superhuman|powerful|on a mission|better than ever|never better|on a high|not (even )?tired|dont feel tired|full of ideas|feel great|feel so good|loads of ideas|superhuman|so clear`},
	{"knocked", `(has |had |just |accidentally |always |nearly )*(hit|hits|banged|bangs|bumped|knocked|bruised|cut|caught|smacked|hurt|bashed|scratched|burnt|burned)`},
	{"part", `(head|hand|knee|face|arm|leg|lip|nose|finger|toe|chin|eye|forehead|foot|elbow|back|mouth|tongue)( (on|against|off) (the|a|his|her) (cot|floor|table|coffee|door|side|crib|bed|wall|toy|corner|step|worktop|oven|kettle|edge|pram|carpet|chair|bath))?`},
	// Stretches of other words in the same clause.
	{"any", `([a-z0-9]+ ){0,3}`},
	{"many", `([a-z0-9]+ ){0,6}`},
	{"far", `([a-z0-9,;]+ ){0,8}`},
}

const proof trait = 0 // no denial takes it back: the negation, if any, is its meaning

func phrase(id, category, level string, t trait, reason, source string) riskRow {
	return riskRow{Signal: Signal{Category: category, Level: level, Rule: id}, traits: t, reason: reason, ways: compileRisk(source)}
}

func act(r riskRow) riskRow {
	r.Act = true
	return r
}

// riskRows are in order of importance: of two rows with one level the earlier is reported.
// They are compiled when first needed, which takes a tenth of a second.
var riskRows = sync.OnceValue(func() []riskRow {
	return []riskRow{
		// Somebody may die within the hour.
		phrase("danger-breathing", CategoryDanger, LevelEmergency, proof, "a baby who does not breathe; the negation is the meaning",
			`
			(not|isnt|stopped|stops|stop|cant|cannot|barely|hardly|struggling to|trouble|no) (properly )?(breathing|breathe|breath)
			(difficulty|trouble|struggling) (with )?(breathing|to breathe) | gasping
			(dont|doesnt|does not|no) (breathe|breathing)`),
		phrase("danger-colour", CategoryDanger, LevelEmergency, negatable, "blue, grey or limp: collapse",
			`
			(<baby>|he|hes|she|shes|his|her|its|it|lips|face) <any>(is |are |has |have |gone |going |went |turned |turning |looks? )+<any>(blue|grey|gray|limp|floppy|lifeless|purple)
			(gone|going|turned|turning|went) <any>(blue|floppy|limp|lifeless|stiff)
			(floppy|limp|lifeless|blue) (and|with) <any>(pale|limp|floppy|blue|cold|not|wont|isnt|unresponsive)
			<baby> (been )?(very |all |so )?(floppy|limp|lifeless|blue) | lips <any>blue | blue lips
			(is|now|gone|very|all|went|completely) (floppy|limp|lifeless|unconscious)`),
		phrase("danger-unresponsive", CategoryDanger, LevelEmergency, proof, "cannot be woken",
			`
			(wont|isnt|cant|cannot|doesnt|unable to) (get |be )?(wake|waking|woken|rouse|rousing|responding|respond|responsive)( (<it>|up))+
			(<baby>|he|she|is|hes|shes) not (waking|responding|responsive)
			(cant|cannot|couldnt|unable to) (wake|rouse) <it>
			(isnt|not|wont|stopped) (respond|responding|responsive|waking up) | unresponsive | unconscious
			lost consciousness | knocked out
			<baby> <any>(not|no|wont|dont|doesnt|isnt) (wake|waking|respond|responding|move|moving|react|reacting)
			(wont|cant|isnt) (wake|waking)
			(<baby>|mum|he|she|just|has) (has |just )?collapsed( and| [.;,]| ?$)`),
		phrase("danger-fit", CategoryDanger, LevelEmergency, negatable|past, "a seizure now",
			`
			(is |hes |shes |are |keeps |started |now )<any>(seizing|convulsing)
			having (a |another )?(fit|fits|seizure|seizures|convulsion|convulsions) | is fitting | convulsions?
			(<baby>|he|she|hes|shes) <any>(is|keeps) fitting
			(hes|shes|he|she|<baby>) (is |now |started |just |still )*fitting( again| now| and| [;,.]| ?$)
			eyes (are |have |is |were |keep )?(rolled|rolling|rolls) (back|up|to the) | foaming at the mouth`),
		phrase("danger-choking", CategoryDanger, LevelEmergency, negatable|past, "choking now",
			`(hes|shes|is|baby) choking`),
		phrase("danger-bleeding", CategoryDanger, LevelEmergency, negatable|past, "heavy bleeding now",
			`
			(im|is|shes|hes|its|still) (bleeding|haemorrhaging|hemorrhaging) <any>(heavily|heavy|badly|everywhere|out|lot|loads|stop)
			wont stop bleeding | bleeding wont stop | (cut|slit|slashed) (my|her|his) (wrists?|throat)
			soak(ing|ed) (through )?(a |my |the |[a-z]+ )?pads? | (huge|massive|big) clots
			(chest pain|chest pains) <far>(breath|breathe|arm)
			bleeding <any>(from|out of) (my |her |his |both |the )*(wrists?|arms?|neck|throat|head|mouth|ears?)
			wrists? (is|are|still|wont|keep|keeps) <any>(bleed|bleeding)
			(i|ive|have|she|shes|he|hes) cut (myself |herself |himself |my [a-z]+ |her [a-z]+ )?(too|really|very|so|quite|far too) deep(ly)?`),
		phrase("danger-taken", CategoryDanger, LevelEmergency, negatable|done|past, "an overdose just taken",
			`
			(just|already) (taken|took|swallowed|overdosed|drank|drunk) <many>(tablets|pills|paracetamol|tablet|medication|meds|overdose|bleach|insulin|ibuprofen|painkillers|od)
			(taken|took|swallowed|had|necked) (all|a load|loads|a lot|lots|too many|a bunch|a handful|a packet|a whole|the whole|a pack|\d\d) <any>(tablets|pills|paracetamol|medication|meds|ibuprofen|painkillers|antidepressants|sertraline|insulin)
			taken an overdose | (overdosed|overdosing) (now|today|tonight|just) | (drank|drunk) bleach
			(taken|took|swallowed) (too )?many <any>(tablets|pills|paracetamol|painkillers)`),
		phrase("danger-place", CategoryDanger, LevelEmergency, negatable|past, "standing where people die",
			`
			(im|i am|shes|hes|she is|he is|sitting|standing) <any>(on|at|by|near|off) <any>(bridge|roof|ledge|railway|tracks|train line|rail line|cliff|platform edge|edge|motorway|multi storey)
			at <any>(train station|bridge|cliff|railway) <far>(jump|end it|die|over)
			(edge|(im|am|standing|stood|sat|sitting|climbed) (up )?(on|at) (the )?(top|roof)) of (the |a |this |some )*(building|car park|multi storey|tower|tower block|cliff|bridge|flats)
			by the time (you|anyone|somebody|someone) (reads?|gets?|sees?|finds?) this
			(engine|motor) (on|running|going|is running|is on) <far>(garage|hose|hosepipe|pipe|windows? (shut|closed|up))
			garage <any>(shut|closed|locked) <far>(engine|exhaust|running) | hose ?(pipe)? <any>(exhaust|(through|in) the (car )?window) | exhaust <any>(in|into|through) <any>(car|window)
			(barbecue|bbq|charcoal) <any>(in|inside) (the|my) (room|bathroom|bedroom|tent|car)`),
		phrase("danger-means-in-hand", CategoryDanger, LevelEmergency, negatable|past, "the means in the hand",
			`
			(ive got|i have|holding|got|with|has) <any>(rope|noose|blade|razor|knife|gun|tablets|pills) <any>(in (my|her|his|front)|round|around|ready|next to me|here)
			(rope|noose) (round|around)`),
		phrase("danger-tonight", CategoryDanger, LevelEmergency, negatable, "a time has been set, and it is now",
			`
			(kill <self>|end (it|my life|her life|his life)( all)?|die|overdose|suicide|unalive <self>|do it|jump|hang <self>) <any>(tonight|today|right now|this evening|this morning|this afternoon|in a minute|tomorrow)
			(tonight|today|right now) <any>(kill <self>|end it all|end my life|be my last)
			(about to|going to) (jump|do it now) | last (night|day) (alive|on earth)
			in the (act|process) of (killing|ending)
			going to (end it|kill <self>|do it|jump)( all)?( tonight| now| today)?( once| when| after| as soon) <far>(asleep|bed|sleeping)`),
		phrase("danger-weapon", CategoryDanger, LevelEmergency, negatable|past, "a weapon",
			`
			<he> <any>(got|has|have|had|holding|carrying|waving|with|pulled|grabbed|picked up) <any>(a |the |his |her )([a-z]+ )?(knife|gun|weapon|machete|hammer|bat|axe|blade|shotgun|crowbar|hammer|screwdriver)
			(with|got) a (knife|gun|machete|hammer|bat|axe|weapon) | (knife|gun) to (my|her) (throat|head|neck)`),
		phrase("danger-here-now", CategoryDanger, LevelEmergency, negatable, "a violent person at the door",
			`
			(break|breaking|broken|broke|kick|kicking|smash|smashing|bang|banging|hammering|punching) <any>(door|window|windows|way in|flat|house)( <any>(now|down|in))?
			<he> <any>(outside|here|downstairs|coming round|coming over|on his way) <any>(now|tonight|and i|with a|and wont|to kill|kill)
			wont leave my house | <he> <any>(here|outside) <any>(scared|threatening|shouting|banging|hurt)
			<he> <any>(trying|tries|try) to (get|break|force|smash|kick) (in|into|through|his way|the door)
			(trying|tries) to break in
			petrol <any>(house|door|through|letterbox|burn) | (set|sets|setting) (the (house|flat)|me|us|it|her) (on fire|alight)
			<he> keep (hitting|beating|kicking|punching|choking|hurting|attacking) (me|us) <far>(locked|hurry|please|now|help|hiding)
			(locked|lock|hiding|hid) (myself|me|us|ourselves|the door) <any>in (the|my|a) (loo|toilet|bathroom|bedroom|room|shed|car|cupboard|wardrobe) <far>(please|hurry|quick|help|outside|banging|kicking|he is|hes|get in)`),
		phrase("danger-attack-now", CategoryDanger, LevelEmergency, negatable, "an attack going on",
			`
			<he> <any>(hitting|beating|attacking|hurting|strangling|choking|punching|kicking|threatening|smashing) <any>(now|right now|at the moment|this minute)
			(going|coming) (round |over |to |tonight )*(to )?kill (me|us|the kids|my kids|the children)( <any>(now|tonight|today))
			<he> (is |just )*(strangling|choking|stabbing) (me|mum|us)
			locked (me |myself |us )?in the (bathroom|bedroom|toilet|room) <any>(now|hide|hiding|away|from him)
			hiding <any>(from him|in the bathroom|bedroom|cupboard)
			right now <any>(hitting|beating|attacking) (me|us)
			<he> (has |have |is |was )?(just|now) (stabbed|strangled|attacked|punched|kicked|hit|beat|beaten|choked|attacking|threatened) (me|us|mum|her)
			<he> is (attacking|stabbing) (me|us|her)`),
		phrase("danger-help-now", CategoryDanger, LevelEmergency, negatable, "asks for police or an ambulance",
			`
			(call|ring|phone|send|need|get) <any>(police|ambulance|999)( (please|now|quick|quickly|urgently|asap|to me|here))+
			(please )?(call|ring|phone|send) (me )?(the |an |for the )?(police|ambulance|999)
			(need|needs) (an |the )?(ambulance|police|999) | life (is )?in danger
			in (immediate|imminent|serious|grave) danger`),
		phrase("danger-baby-alone", CategoryDanger, LevelEmergency, negatable|done|past, "a baby left by itself now",
			`
			(left|leaves|leaving|leave) (him|her|it|them|<baby>) <any>(alone|unattended|on (his|her|its|their) own|by (himself|herself|itself|themselves|his self)) <any>(in (the|a|my|our|her) (flat|house|car|home|bath|property|room)|at home|outside|all night|overnight|indoors|and)
			(left|leaves|leaving) (<it>) (in|at) ([a-z]+ ){1,2}(alone|by (himself|herself|itself|themselves)|on (his|her|their|its) own|unattended)
			<baby> (is |was |are |has been |been )?<any>(home alone|left alone|alone in the|unattended|on (his|her|its|their) own in)
			(wandered|run|ran) off <any>baby`),
		phrase("danger-injury", CategoryDanger, LevelEmergency, negatable|past, "a serious injury to the baby",
			`
			(swallowed|drank|eaten|ate) <any>(battery|bleach|magnet|medication|my (tablets|pills|meds))
			is drowning | went under (the )?water | scalded
			(fell|fallen|dropped|falls|rolled) (off|down|from|out|onto|on|over) <far>(drowsy|fitting|wont wake|not moving|blood|keeps being sick|vomiting|floppy|limp|unconscious)
			(smoke|fire|flames) <far>(cant|cannot|trapped|stuck) <any>(out|escape|breathe) | carbon monoxide
			(flat|house|kitchen|room|bed|building) (is |are |now )+(on fire|ablaze|burning)
			trapped in (the |a )?(fire|smoke|car|burning)`),

		// Postpartum psychosis is an emergency by itself.
		phrase("psychosis-voices", CategoryPsychosis, LevelEmergency, negatable|past, "voices",
			`
			(hear|hears|hearing|heard) ([a-z]+ ){0,2}voices?( <any>(telling|tell|tells|say|saying|says|head|in my|commanding))?
			(voice|voices) <any>(telling|tells|tell|told|saying|says|say|said|talking|talk|command|commanding|want|wants|in my head|in her head|in his head|inside my head|wont stop|are back)
			(listening|talking|responding|speaking) to (the )?voices
			hear (people|someone|somebody|him|them|things) (talking|whispering|speaking|calling) <any>(not there|arent there|isnt there|nobody|no one|in my head)
			hear(s|ing)? things (that|others|other|which|nobody|no one)
			(hear|hearing|hears) <any>(whisper|whispers|whispering|talking|speaking|laughing|calling|footsteps|music) <far>(nobody|not there|isnt there|arent there|no one|alone|empty|my name)
			whispering (to|in) my (head|ear)
			voices
			(hear|hears|hearing|heard|see|seeing|saw|sees) (my|her|his) (dead|late|deceased) [a-z]+
			(voice|something|someone|they|god|mother|angel|spirit|devil) <any>telling (me|her|him) (to )?(bring|kill|hurt|harm|throw|jump|give|drown|die|stab|smother|burn|cut)
			(talks?|talking|speaking|speaks|laughs?|laughing|shouting|muttering) (to|at|with) <any>(arent there|isnt there|not there|nothing|thin air|nobody|herself|himself|invisible people)
			(dead|late|deceased) (nan|nana|nanna|mum|mother|father|dad|grandmother|grandma|grandad|grandfather|brother|sister|husband|aunt|uncle|friend|baby) <any>(visits?|visiting|talks?|talking|speaks?|speaking|tells|telling|comes|sits|standing|says|stands|warn|warns|calls|calling) (to |with )?(me|us|her|at|by|in)
			(hear|hears|hearing) (my|her|his) (own )?thoughts (out loud|aloud|being|spoken)`),
		phrase("psychosis-sees", CategoryPsychosis, LevelEmergency, negatable|past, "visions",
			`
			hallucinat(e|es|ing|ion|ions|ed) | unseen stimuli | responding to (unseen|internal)
			seeing things`),
		phrase("psychosis-sees-absent", CategoryPsychosis, LevelEmergency, proof, "visions; the negation is the meaning",
			`
			(see|sees|seeing|saw) (things|people|someone|somebody|shadows|faces|figures|stuff|insects|spiders|a man|a woman|him|her) <any>(arent|not|isnt|nobody|others|other people|werent|wasnt|dont exist|cant see)
			(see|seeing|saw|sees) <any>(figures?|shadows?|ghosts?|demons?|spirits?|dead (people|person|man|woman|nan|mum)|angels?|a man|a woman|shadow people) <any>(standing|by|watching|telling|near|following|over|talking|around|in the)
			(doesnt|didnt|does not|not|no longer|unable to|cannot|cant) recogni[sz](e|es|ing|ed)? (the baby|her (husband|partner|baby|own|family)|his (wife|own))
			(she|he|shes|hes|wife|mum|client|patient) <any>unsure (who|where) (i am|she is|he is|we are|the baby|anyone)
			(im|i am|we are) (actually |really )?(already dead|dead already)
			my (body|organs|insides|brain|blood|heart) <any>(rotting|rotten|decaying)`),
		phrase("psychosis-messages", CategoryPsychosis, LevelEmergency, negatable, "messages meant for one person",
			`
			(messages?|signs?|signals?|instructions|orders|codes?) (from|sent by|off) (god|allah|jesus|satan|the devil|angels?|the tv|the telly|the radio|the television|spirits?|the universe|above|heaven|aliens?|dead)
			(god|allah|jesus|satan|the devil|angels?|an angel|the universe|spirits|aliens|lucifer) (is |are |was |has |have |keeps? |been )*(telling|told|sending|sent|speaking|spoke|speaks|talking|talks|talked|chosen|chose|commanding|commanded|ordering|wants me to|wants my|asked me|instructing|tells me)
			(tv|telly|television|radio|phone|internet|news|songs?|adverts?|number plates?) (is |are |was |keeps? |has |have )*(been )?(talking|speaking|sending|telling|about me|messages)( <any>(me|to me|about me|messages))?
			(hidden|secret|special|coded) (message|messages|meaning|meanings|code|signs)
			(radio|tv|television|telly|news|songs?|people on tv) <any>(speaking|talking|singing|sending|whispering) <any>(me|us)
			(signs?|clues?|codes?|numbers?|messages?) (are |is |were )?(everywhere|only (i|she|he)|(meant|hidden) (only |just )?for (me|her|us))
			everything (is|was|has) (a sign|got a meaning|a hidden meaning|a code)
			(plan|purpose|mission|destiny|message|secret|truth) (for|of|to|about) (all )?(mankind|humanity|the universe|the human race)
			(feel|feels|feeling|see|seeing|sense|felt|hear) (the )?(electricity|vibrations?|frequenc[a-z]+|rays|lasers?|radiation|currents?) <any>(in|from|through|coming|everywhere|around)`),
		phrase("psychosis-powers", CategoryPsychosis, LevelEmergency, negatable, "chosen or gifted",
			`
			(special|magic|magical|supernatural|super|healing) powers? | chosen one
			(i am|im|he is|hes|she is|shes|baby is|son is|daughter is|am) (the )?(god|jesus|the messiah|messiah|christ|virgin mary|a prophet|prophet|the second coming|antichrist|the saviour)
			(save|saving) the (world|human race|humanity) | special mission | mission from | second coming
			immortal
			(read|reading|reads|hear|hears|hearing|control|controls|controlling) (my|peoples|everyones|each others|others) (thoughts|mind|minds|brain)
			(thoughts|ideas) <any>(put|putting|inserted|planted|implanted|placed) <any>(head|mind|brain)
			(put|putting|planting|inserting) thoughts
			(talk|talks|talking|speaks?|communicat(e|es|ing)) <any>(with (his|her|their|my) (mind|eyes|thoughts)|telepath[a-z]+|through (his|her|my) mind)
			telepath(y|ic|ically)
			(messiah|prophet|reincarnat[a-z]+|saviour) | sacrificed? (my|the|him|her)? ?(baby)? | be sacrificed | broadcast(ing)? <any>thoughts | thoughts <any>(broadcast|stolen|controlled|being read|taken out|transmitted)
			(something|someone|somebody|they|it|devil|spirits?|god|voices?|machine) (is |are |has |have |keeps? )*(controls?|controlling|controlled|took over|taken over|taking over|moving|moves) my (body|hands?|arms?|movements|mind)`),
		phrase("psychosis-evil-baby", CategoryPsychosis, LevelEmergency, negatable, "the baby is evil",
			`
			(devil|demon|demons|satan|evil|evil spirit|djinn|jinn|spirits?|monster|ghost|alien|witch|witchcraft|black magic) <any>(inside|in|into|has taken|took over|living in|entered|possess(ed|es|ing)?|got into) <any>(<it>|my (son|daughter))
			(he|she|<baby>|hes|shes) (is |are |was |might be |must be |has been )?(actually |really |truly |definitely |the |an? |full of |pure |some kind of )*(evil|possessed|cursed|the devil|devil child|demonic|antichrist|satan|a demon|alien|robot|not human|a changeling|changeling|a witch)
			<baby> <any>(has|got|have) <any>demons? | satans? | satanic | lucifer | demons | demonic
			antichrist | djinn | jinn | exorcis[a-z]+ | black magic
			(is|are|as|be|was) (really |actually )?(a |an )(robot|alien|clone|imposter|impostor|changeling|witch|demon)
			baby (isnt|is not|wasnt) (human|real)
			(something|it is|theres|there is) <any>(evil|demonic|wicked|satanic) <any>(in|inside|about) (him|her|it|<baby>)
			(put|puts|did|made|done|cast|casting|placed|doing) <any>(magic|spell|spells|curse|hex|voodoo|juju|jadoo) <any>(on|against|to|in)
			eyes (of|are|were|turned|changed|went|like) <any>(dead|devil|demon|my late|evil|glow[a-z]*|satan|my (father|mother|nan|grandmother|grandad))`),
		phrase("psychosis-swapped", CategoryPsychosis, LevelEmergency, proof, "misidentification; the negation is the meaning",
			`
			(swapped|switched|replaced|changed|exchanged|substituted) <any>(<it>|at the hospital|in the hospital|at birth|for (someone|another|somebody)|by)
			(<it>|husband|partner|mum|everyone|hes|shes|been|is|was|were|has) (has |have |been |was |were |is |got |being )+(swapped|switched|replaced|exchanged|substituted)
			(this|that|the baby|my baby|he|she|hes|shes|it|baby) (is not|isnt|not) (really |actually |even |truly )?(my|mine|our|our real|my real|the real)( (real |own |actual )?(baby|child|son|daughter)| they| she| someone)
			<baby> <any>(is not|isnt|not) (really |actually )?(mine|hers|ours)
			(someone|they|somebody|who|hospital|she|he) <any>(took|taken|stole|stolen|swapped|hid|hiding|got|have) <any>(real|own) (one|baby|child|son|daughter|him|her)
			not my real (baby|child|son|daughter)
			(husband|partner|mum|wife|everyone|family|he|she) <any>(imposter|impostor|imposters|an actor|actors|a clone|a double|look alike|lookalike)
			(took|taken|stolen|stole|hiding) my real (baby|son|daughter|child)
			(baby|<baby>|he|she|hes|shes) (isnt|is not|not) (actually |really )?(real|human|alive really)
			(not|isnt) making (any )?sense
			swapped (my|the|our) (baby|son|daughter)
			(they|she|he|somebody|someone|hospital|midwives|nurses|staff) <any>(put|left|brought|gave|given|sent) <any>(different|wrong|fake|strange|someone elses) (baby|child) (in|instead|back|here|home|to me|me|with)`),
		phrase("psychosis-persecution", CategoryPsychosis, LevelEmergency, negatable, "plots and spies",
			`
			(spying|spy|plotting|conspiring|conspiracy|bugged|tapped|microchip(ped)?|being watched by|being followed by the) (on me|on us|against me|against us|to take|phone|house|the|my|me|on|by|government|police)
			(cameras?|microphones?|bugs|bug|listening devices?|chips?) <any>(in|inside|behind|hidden in) <any>(house|walls?|home|flat|my room|phone|tv|ceiling|me|my (head|body|brain|teeth))
			(poison|poisoning|poisoned) (me|us|my|the|our|her)( (food|water|milk|baby|tea|bottle|bottles|family))?
			(they|people|everyone|neighbours|midwives|nurses|staff|government|police|mi5) <any>(out to get|after) (me|us|her)
			(watching|following|listening to) me <any>(through|all the time|everywhere|via|on cameras?)
			(neighbours|people|they|someone|government|everyone) <any>(spying|watching us|watching me|following me|recording|filming|listening in|reading my)
			(recording|filming|tracking|watching|monitoring|listening to) (me|us) (through|with|via|from|using|in) <any>(wall|walls|lightbulbs?|light|tv|phone|camera|cameras|plug|plugs|window|vents?|socket|sockets|satellites?|screen)
			(put|placed|implanted|inserted|got) <any>(chip|microchip|tracker|device|bug|wire) (in|inside|under) <any>(<it>|me|brain|skin|body|teeth|arm)
			(followed|watched|recorded|filmed|hunted|targeted) by <any>(people|someone|men|a man|police|government|camera|neighbours|strangers|them|mi5)
			(trying|want|wants|going|plan|planning|plot|plotting) to (steal|kidnap|poison|swap) <any>(baby|him|her|me|us|food)
			suspicious <far>(poison|staff|watching|everyone)`),
		phrase("psychosis-sleepless-high", CategoryPsychosis, LevelEmergency, across, "no sleep and no wish for it: mania",
			`<sleepless>[ -~]{0,80}<high> | <high>[ -~]{0,80}<sleepless>`),
		phrase("psychosis-clinical", CategoryPsychosis, LevelEmergency, negatable|past, "a professional's words for it",
			`
			(query|queries|possible|suspected|probable|presenting|acute|acutely|appears|appearing|seems|currently|is|becoming|symptoms of|signs of|features of|actively|worsening|onset|had) <any>(psychosis|psychotic|manic|mania|delusional|delusions?|paranoid|paranoia|hypomanic|elated|thought disordered|disinhibited|grandiose)
			(paranoid|bizarre|grandiose|delusional|fixed) (beliefs?|ideas?|ideation|delusions?|thoughts|thinking)
			(psychotic|manic) (symptoms|episode|features|relapse|presentation) | postpartum psychosis
			puerperal psychosis | delusions? | confused <far>strange | strange things about the baby
			thoughts? (are|is) not my own | thoughts? (are|is) not mine | thoughts? (arent|isnt) mine
			losing touch with reality | lost touch with reality
			(not real|isnt real|nothing is real|feels unreal) <far>(watching|plot|voices)
			(bizarre|strange|odd|erratic|disorganised|disorganized) (behaviour|behavior|speech|thoughts) | behaving (strangely|bizarrely|oddly|erratically|very strangely|really strangely)
			mind control | under a curse | cursed | witchcraft | evil spirits?`),
		phrase("psychosis-believes", CategoryPsychosis, LevelEmergency, negatable, "a fixed false belief",
			`(believes|believe|convinced|certain|sure|thinks|think|knows|know|says|saying) (that )?<any>(devil|demon|possessed|evil|cursed|swapped|replaced|imposter|chosen|jesus|god has|robot|alien|poisoned|poisoning|spying|bugged|dead already|already dead|a witch|not human|isnt human|not hers|not real)`),

		// Done to the baby: needs to be seen today.
		act(phrase("baby-shaken", CategoryHarmBaby, LevelEmergency, negatable|done|past, "a shaken baby needs to be seen today",
			`
			(shook|shaken|shakes) (him|her|it|them|<baby>) | (been|was|being|got) shaken
			(i|he|she|dad|mum|partner|boyfriend|husband|who|father|mother) (keeps?|started|was|kept) shaking (him|her|it|<baby>)
			(admits|admitted|admitting|confessed|confesses|disclosed|caught|seen|witnessed|found|reports|reported) (to )?<any>(shaking|smothering|throwing|suffocating|strangling) (him|her|it|them|<baby>)
			been shaking (him|her|it|the baby|my baby)`)),
		act(phrase("baby-covered", CategoryHarmBaby, LevelEmergency, negatable|done, "breath stopped",
			`
			(put|puts|held|holds|placed|pressed|pushed|had) <any>(hand|hands|pillow|cushion|blanket|cloth|duvet|towel|tea towel|tape|sock|muslin|something) ([a-z]+ )?(over|on|across|into|round|around|in|onto) (him|her|it|(his|her|the|their|its|babys|my babys|my|infants?|the babys|<baby>)( babys?)? ?(mouth|face|nose|neck|throat|head)) <many>(stop|quiet|shut|noise|second|seconds|minute|moment|crying|cry|scream|screaming|breath|sleep|sleeping)
			(put|held|placed|pressed|pushed) <any>(hand|hands|pillow|cushion) (over|on|across) (his|her|its|the|their|<baby>) ?(babys? )?(mouth|face|nose|airway)
			(put|held|had) <any>(hand|hands) (round|around) (his|its|the babys?|my babys?|<baby>) (neck|throat)
			(pushed|pressed|held|shoved) (his|her|its|the babys?|my babys?) (face|head) (into|against|in|down|under)
			(covered|blocked) (his|her|its|the babys?) (nose|mouth) and (mouth|nose)
			(covered|blocked|pinched) (his|her|the|their|its|babys) (babys )?(mouth|nose|face|airway)
			(smothered|suffocated|drowned) (him|her|it|them|<baby>) | (strangled|choked) (him|it|<baby>)
			(held|pushed|put) (his|her|the babys|their|him|her|<baby>) <any>(under (the )?water|under the tap)
			(put|puts|held|holds|placed|pressed|pushed) <any>(pillow|cushion) (over|on|onto|against|across) (him|her|it|<baby>)`)),
		act(phrase("baby-hit", CategoryHarmBaby, LevelEmergency, negatable|done|past, "struck by the writer or the writer's partner",
			`
			(i|ive|mum|dad|<partner>|mother|nanny|who|and|then|just) (have |has |had |also |just |actually |even |once |accidentally |always |often |sometimes |keeps? |once or twice |lost it and |snapped and |lost my temper and |did |properly |really |nearly )*(hit|hits|hitting|slapped|slaps|slapping|smacked|smacks|smacking|punched|kicked|bit|pinched|hurt|hurts|harmed|burnt|burned|attacked|bashed|whacked|beat|beats|beaten|injured|stabbed|abused) (him|it|them|<baby>)
			(hit|slapped|smacked|punched|kicked|bit|pinched|whacked|hurt|harmed) (her|<it>) <any>(on the (face|leg|legs|head|bum|bottom|hand|arm|back|cheek)|wouldnt|because|hard|too hard|crying|cried|again|to make)
			i (have |just |really |actually |also )*(slapped|smacked|hit|punched|pinched|whacked|kicked|hurt|harmed) her
			(he|she|they) (hit|hits|slaps|slapped|smacks|smacked|punched|kicked|hurt|hurts|beats|beat) (the|my|our) ([a-z]+ )?(baby|newborn|little one|son|daughter|twins)
			(i|ive|dad|mum|<partner>|then|just|and) (bit|bitten|slapped|smacked|whacked|burnt|burned|punched|kicked|hit) (his|her) (little )?(arm|arms|leg|legs|hand|hands|cheek|face|fingers?|bottom|bum|ear|nose|back|head|mouth)`)),
		act(phrase("baby-thrown", CategoryHarmBaby, LevelEmergency, negatable|done|past, "thrown, squeezed, gripped",
			`
			<baby> <any>(was|been|got|being) (thrown|hit|slapped|smacked|punched|kicked|burnt|bitten|grabbed|assaulted|struck)
			(threw|thrown|chucked|flung|slammed|slung|hurled) (him|her|it|them|<baby>) <any>(bed|cot|sofa|floor|wall|down|across|hard|against|room|crib|basket|mattress|settee|chair|into|onto|on|in)
			(squeezed|gripped|grabbed|yanked|pulled|twisted) <any>(him|her|his|it|<baby>|arm|leg|arms|legs) <many>(hard|bruise|bruises|mark|marks|roughly|hurt|cried out|screamed)
			dropped (him|her|it|<baby>) (on purpose|deliberately)
			(too|very|really) rough with (him|her|it|<baby>)
			(handled|handles|handling|grabbed|grabs) (him|her|it|<baby>) roughly
			lost (it|control|my temper) with (him|her|<baby>) <far>(hurt|mark|marks|bruise|hard)
			(grabbed|held|lifted|dragged|pulled|yanked|swung|dangled|picked up|picked|grabs|picks) (him|it|<baby>)( up)? by (the|his|her|its) (neck|throat|arm|leg|hair|ankle|ankles|scruff)
			(squeezed|crushed) (him|her|it|<baby>) <far>(screamed|scream|hard|bruise|breath|cried|couldnt)
			(shoved|dunked|lashed out at|force fed|kicked) (him|<baby>)
			left (a |the )?(bruise|bruises|mark|marks|handprint|hand print|red mark) on (him|her|his|<baby>)
			handprint
			(squeeze|squeezes|squeezing|grip|grips|gripping|grab|grabs|yank|yanks|pull|pulls|twist|twists|pinch|pinches) (him|her|it|(his|her|its|the babys?|my babys?) (little )?(arms?|legs?|hands?|wrists?|body|ribs)|<baby>) <many>(bruise|bruises|bruised|bruising|mark|marks|marked)
			(slams?|slamming|flings?|flinging|hurls?) (him|<baby>) <any>(down|into|on|onto|in|against|at|across)
			forc(es|ed|ing) (the |a |his |her )?(bottle|spoon|food|milk) (in|into|down)
			heavy handed with (him|her|<it>)
			(push|pushed|pushes|shove|shoves|knock|knocked|knocks) (him|her|it|<baby>) (away |down |over |off )?(so |too |really |very )(hard|roughly|violently)
			(dangl(e|es|ed|ing)|hung|hangs|held|holds|swung|swings) (him|her|it|<baby>) <any>(over|out of|off|from|upside) (the )?(bannisters?|banisters?|balcony|window|stairs|edge|down|railings?|bridge)
			(handled|handles|handling|changed|dressed) (him |her |it |<baby> )?(so |too |very |really )*roughly <far>(swollen|swelling|bruis[a-z]*|marks?|broken|fractur[a-z]*|screamed|hurt|injur[a-z]*)`)),
		act(phrase("baby-marks", CategoryHarmBaby, LevelEmergency, negatable|past, "an unexplained injury to a baby",
			`
			(unexplained|unusual|suspicious|suspected|finger ?tip|multiple) (bruise|bruises|bruising|marks?|injury|injuries|fractures?)
			(bruise|bruises|bruising|fingermarks|finger marks|marks|bite marks?|burns?) (on|to|around|over|all over) (him|his|<baby>|babys?|infants?)
			non accidental | nai
			(left|leaving) (a |bruises|marks|finger)(bruise|mark|marks)?( on (him|her|<baby>|his|the))
			(finger ?marks?|finger ?tips?|grip|hand|slap|belt|cigarette|bite) (marks? |shaped |type )?(bruis(e|es|ing)|marks?|burns?)
			(bruis(e|es|ing)|fractures?|injur(y|ies)|burns?) <any>(non mobile|non ambulant|immobile|pre mobile|not mobile|not yet mobile|doesnt fit|not explained)
			(explanation|account|story|history) (given )?<any>(doesnt|does not|didnt|not|isnt|inconsistent|changes|changed|keeps changing) <many>(injur[a-z]+|bruis[a-z]+|fractures?|marks?|burns?)
			(injur[a-z]+|bruis[a-z]+|fractures?|marks?|burns?) <many>(inconsistent|not consistent|no explanation|cant explain|cannot explain|nobody can explain)`)),
		act(phrase("baby-drugged", CategoryHarmBaby, LevelEmergency, negatable|done|past, "given what could stop the breath",
			`
			(i|ive|we|weve|dad|mum|<partner>) (have |has |had |just |also |once |sometimes |even )*(gave|give|gives|given|fed|slipped|slip) (him|<baby>) <many>(sleeping (tablets|pills)|my (tablets|pills|meds|medication|antidepressants|methadone|diazepam|codeine)|methadone|diazepam|valium|zopiclone|tramadol|vodka|whisky|brandy|rum|gin|alcohol|wine|cannabis|weed)
			(gave|given|giving|slipped) her <many>(tablets|pills|meds|methadone|diazepam|valium|zopiclone|codeine|vodka|whisky|brandy|rum|alcohol|wine|piriton) <far>(sleep|settle|quiet|knock|shut|bottle|milk)
			(put|puts|crushed|mixed|slipped|adds?|added) <many>(sleeping tablets|my (tablets|pills|meds)|vodka|whisky|brandy|rum|alcohol|methadone|diazepam|codeine) <any>(in|into) (his|her|the|my babys?|babys?) (babys? )?(bottle|milk|feed|feeds|formula)`)),
		act(phrase("baby-hit-reported", CategoryHarmBaby, LevelUrgent, negatable|done|past, "reported by a professional, who has a duty to act of their own",
			`
			(reportedly|disclosed|admitted|admits|reports|reported|states|told|observed|witnessed|seen) <many>(hit|hits|hitting|slapped|slapping|smacked|smacking|hurt|harmed|pinched|rough with|kicked|slaps|smacks) (<it>)
			(hit|slapped|smacked|kicked|pinched) the (infant|baby|child|newborn) | physical chastisement
			roughly handled | rough handling | handles <any>roughly`)),
		act(phrase("baby-used-substance", CategoryHarmBaby, LevelUrgent, negatable, "given something to keep quiet",
			`
			(gave|given|giving|put) (him|her|it|<baby>) <any>(calpol|piriton|medicine|alcohol|whisky|vodka|methadone|sedative|antihistamine|sleeping tablets?|my tablets|diazepam) <any>(sleep|quiet|shut|knock|stop)
			(starv(e|ed|ing)|stopped feeding|not feeding|refus(e|es|ing) to feed) <any>(on purpose|deliberately|him to|her to)
			locked (him|her|<baby>) (in|outside)
			left (him|her|it|<baby>) <any>(in|strapped in) (his|her|its|the|a) (cot|room|pram|bedroom|nursery|chair|car seat|playpen) (all day|for hours|all weekend|for days)
			without (a |any )?(feeds?|feeding|food|milk|bottle|bottles) (all day|as a) | as (a )?punishment`)),
		phrase("baby-wish-dead", CategoryHarmBaby, LevelUrgent, negatable, "wishes the baby dead",
			`
			(wish|wishes|wished|hope|want|wants|wanted|hoping|better if|rather|pray|praying) (that )?(he|she|it|they|<it>) (was|were|would|had|to|would just|just|never|wasnt|to just|could)? ?(dead|die|died|stop breathing|not wake up|wouldnt wake up|never been born|never born|stopped breathing|disappear|cot death|gone forever|never existed|not exist)
			easier if (he|she|it|<baby>) (was |were |had |just )?(dead|died|never been born|didnt wake up|never woke)
			better if (it|<baby>) (was |were |had |just )?(dead|died|never been born|didnt wake up|never woke)
			wish (he|she|the baby|my baby|baby) (was|were|would|wasnt) (dead|die|here|never|born|alive)
			hate (him|her|it|<baby>) <far>(hurt|harm|kill|hit|dead|die)`),
		phrase("baby-not-safe", CategoryHarmBaby, LevelUrgent, proof, "not to be trusted with the baby; the negation is the meaning",
			`
			(dont|doesnt|cant|not|do not|cannot) trust (myself|herself|himself) (alone )?(around|with|near|not to|to be|alone with|holding|looking after|to look) <any>(<it>|hurt|snap|do|harm|alone|lose)?
			(cant|cannot|not sure i can|dont think i can|dont know if i can|worried i cant) keep (<it>|us|us both|both of us) safe
			(<baby>|he|hes|she|shes) (isnt|is not|not|wouldnt be|wont be) safe (with|around|near|from|in) (me|my|him|dad|mum|us|her|this)
			(cant|shouldnt|not to|cannot|shouldnt) be (trusted|left|left alone|alone) with (<it>)
			what (i|im|id) (might|may|could|will|would|am going to|going to|capable) (do|of|do to|end up doing) <any>(<it>|baby)?
			(cant|couldnt|dont know) (promise|say|guarantee) (that )?(i |im )?(wont|wouldnt|not)
			(might|will|ll|going to|could|about to|nearly|almost|gonna|scared i) (snap|lose it|lose control|flip|explode|crack)( (and|with|at|on|one day) <any>(<it>|hurt|something)|( ?$))
			(frightened|scared|afraid|terrified) of (my own|what my|my) (hands|strength|anger|temper|rage|own hands)
			(rage|fury|violent|murderous) (at|towards?|with|for|feelings) <any>(him|her|it|<baby>)
			(near|around|with|of) (the )?(knives|knife|scissors) <any>(when|while|with|around|near) <any>(baby|him|her|<baby>)
			(havent|hasnt|not|didnt|refus(e|es|ing) to|wont|doesnt|stopped) (been )?(fed|feed|feeding) (him|<baby>) (for|in|all) <any>(day|days)
			(might|may|could|will|ll|going to|afraid|scared|worried|frightened) <many>(do|did|doing) (something|anything|bad things?|a bad thing|bad something|wrong things?) to (<it>)
			(see|understand|get|know|realise) (why|how) (some |other )?(people|parents|mums|mothers|dads|women|babies|others|someone|somebody|they) <any>(<hurt>|shook|shaken|killed|snapped|lose it|end up shaken|get shaken)
			before i (do something|snap|lose it|lose control|(<hurt>) (<it>))
			(hide|hiding|hid|hidden|lock|locked|locking|put away|putting away|move|moved|moving|avoid|avoiding|stay away from|keep away from|scared of|afraid of) <any>(knives|knife|scissors|stairs|windows?|balcony|bath|kitchen|kettle) <far>(thoughts?|urges?|images?|pictures|what i (might|could|will|would|may)|i (might|could|will|ll|may|would) (do|hurt|stab|drop|throw|push|lose|snap|use))
			(scared|afraid|frightened|terrified|dare|avoid|avoiding|worried|dread|cant|stopped) <many>in case i <any>((push|throw|press|stab|smother|drown) (<it>)|hold (<it>) under|let (<it>) (go|fall|drop|slip)|snap|lose (it|control)|do (it|something))
			(nearly|almost) (didnt|did not|never) (lift|pull|catch|save|bring|stop|get|take) (him|her|it|<baby>) <any>(out|water|bath|road|up|falling|fall)
			(dont|doesnt|not|didnt|never|no longer) (feel |feeling )?(safe|trusted) (to be |being )?(left )?(alone|on (my|her|his) own|by (myself|herself|himself))?( )?(with|around|near) (<it>)`),

		// Suicide and self-harm.
		phrase("suicide-word", CategorySuicide, LevelUrgent, negatable|past, "the plain words",
			`suicidal | suicide | suicidality | sui | active si | si with | parasuicide`),
		phrase("suicide-die", CategorySuicide, LevelUrgent, negatable, "a wish to die",
			`
			(want|wants|wanted|wanting|wish|wishes|wishing|rather|hope|hoping|ready|need|think about|thinking about|thinking of|thoughts of|thoughts about|praying|pray|prefer|longing|plan to|planning to|going to|deserve to|about|like) (i (was|were|could|would|am|will|had)( just)? |to (just |be )?|she (was|were|could) |he (was|were|could) |id |just |it was me |him |)(die|dead|dying|died|death|not wake up|never wake up|never been born|not been born|wasnt born|not exist|not alive|not be alive|never born|never existed)( (myself|now|already))?
			(not|never|wasnt|werent) (have |been |be )*(born|alive|exist) <any>(better|wish)
			(wish|wishes) (i|she|he|id|shed|hed) (had |was |were |could |would |just )*(dead|died|die|never|not been|wasnt|didnt exist|not wake|disappear|could die|not be here|wouldnt wake|didnt wake|could sleep forever)
			(to |just |could |would |rather |id |like )+not exist(ing)?
			(rather|better|prefer to|might as well) (be |off )?dead | (be|am|was|were) dead than
			(i|im|id|ill|me|she|mum|he|client|dad|patient|pt|they) <any>(think|thinks|thinking|thought|thoughts|wonder|wondering|wish|wishes|talk|talks|talking|talked|fantasi[sz]e|fantasi[sz]ing|want|wants|pray|hope|dream|dreaming|obsessed|ready|welcome|wait|waiting|asking|ask) <any>(dying|death|die|dead|be in heaven)
			(god|lord|jesus|allah|someone|death) (to |please |could |would |just )*take me
			i should (be dead|die|have died) | im better dead | want my life (to be )?over | want to be dead
			dont care if i (die|live) | if i died
			(let|letting|make|take|want) me die | (for|to) die | live or die | (if|whether) (i )?(live|die)
			(i|me|id|ill|im|mum|she|client|pt|patient|dad) <many>(die|dying|death|be dead)
			death (is|would be|seems|feels) <any>(only|answer|relief|better|easier|peace|way|comfort[a-z]*)
			(dark|black|morbid) (dark )?thoughts
			(disappointed|gutted|annoyed|angry|upset|hate|hated|sad|wish) <any>(woke|waking|wake) up
			disappointed <any>(alive|still here)
			(want|wants|wish|ready|need|like|rather) to (go|be) (to|in|up to|up in) heaven
			(wish|hope|want|wants|hoping|wishing|praying|pray|wouldnt mind if) (that )?(a |the |some |one day a )*(car|bus|lorry|train|truck|van|something|someone|cancer|lightning|illness) (would |could |will |just |to |might )*(hit|hits|run|runs|takes?|took|kills?|killed|crash|crashed|knock|knocked|finish|finished) (me|into me|over me|us)
			(how) (long|high|much|deep|quick|quickly|fast|far) <many>(to die|die|drown|bleed|bleed out|hang|kill|overdose|lethal) | lethal dose | fatal dose
			(picked|set|chosen|choose|decided on|got|have|found|know) (a|the|my|which|what) (day|date|place|spot|bridge|tree|way) <any>(die|end it|do it|end my life|jump|kill|for it to end)
			(this is|will be|be|is) (my|the) (last|final) (message|text|goodbye|post)
			(picture|picturing|imagine|imagining|think|thinking|dream|dreaming|see|seeing|daydream[a-z]*|fantasi[sz]ing) <any>(my|her|his) own (funeral|death|grave|suicide|coffin)
			(leave|leaving|quit|quitting|exit|exiting|goodbye to|bye to|done with|finish(ed)? with|enough of|finish) this (world|life|earth|planet)
			(only|one) reason (im|i am|shes|she is|hes) (still |even )*(alive|still here|not dead)
			(only|one|sole) (thing|reason|person) (thats |that is |that |which |who |whos )*(stopping|stops|keeping|keeps|holding) (me|her|him) (alive|here|from (doing|ending|killing|jumping|going through)|is|( [;.,])|( ?$))
			(skip|skipping|skipped|stopped|stopping|missing|not taking) (my|her|his) (insulin|medication|meds|tablets|inhaler|pills|blood thinners) <any>(on purpose|deliberately|intentionally|hoping)
			(wonder|wondering|thinking about|think about|thought about) <any>how (long|far|high|deep) <many>(stay under|hold my breath|fall|jump|hurt|under (the )?water|before i (die|stop)|lose consciousness)`),
		phrase("suicide-kill-self", CategorySuicide, LevelUrgent, negatable|past, "killing oneself",
			`
			(<kill>|<killing>|killed|hanged|hung|jump|jumping|overdosing|kills|hangs) (<self>)
			(<kill>|<killing>|ended|finish) (with )?(my|her|his|their|own|the) (own )?(life|lives)
			(take|taking|took|taken|lose|losing) (my|her|his|their) (own )?life
			(my|her|his) life <any>(finish|end|over|end it|finish it) | (end|ending|finish|finishing) it all
			(want|wants|think|thinking|about|going|plan|planning|of|just|ready|can|to) (to )?(end|ending|finish) (it|things|everything)( all| now| for good)?( [;.]| ?$)
			(end|ending) (it|things) (now|for good|once and for all|tonight) | killself | kms | ctb
			catch the bus | unalive(d|ing)? | top(ping)? myself | off(ing)? myself | neck myself | yeet myself
			delete myself | do(ing)? (myself|herself|himself) in | way out of this life
			commit (it|sewer ?slide) | sewer ?slide
			(i|just|i just) (want|wanting|going|need|wish|try|tried) (to )?kill me
			(feel like|like|consider|considering|planning|thought about|thoughts of|think about|about) (to )?(end|ending|finish|finishing) (it|things|everything|my life)
			(ending|end) (my|her|his) (own )?life | ways to (go|die|end it|do it|end my life|kill)
			(thinking|think|thought|talking|ready|time) (of|about|for|to) catching the bus | log(ging|ged)? (off|out) (of )?(life|permanently|for good|forever|for ever)
			check(ing)? out (of (life|here|this world)|for good|early|permanently|forever) | kys | toaster bath | kermit (sewer|suicide|it)
			(head|mind|brain|heart|inside|thoughts?) (keep |keeps |is |are )*(says?|tells?|telling|saying|told) (to )?(me )?(to )?(finish|end|die|do it|jump|stop living|go now|give up|kill)
			(want|need|think|thinking|better|say|me|time|decided|going) (to )?(i )?(finish|end|stop) (everything|all|my life|this life|all this|living)( now| for good| already)?( [.;,]| ?$)
			unaliv[a-z]+ | (ideas?|thoughts?|talks?|talked|talking|plans?|spoke|speaking|feelings) (of|about) (ending|end|finishing) (things|it|everything|it all)`),
		phrase("suicide-not-here", CategorySuicide, LevelUrgent, proof, "not wanting to be here; the negation is the meaning",
			`
			(dont|doesnt|didnt|not|no longer|never|do not|does not|without) (really |even |actually )?(want|wants|wanting|wanted|wish|wishes|wishing|feel like|care) (to )?(be here|be alive|live|exist|be around|wake up|be in this world|be on this (earth|planet)|carry on|go on|continue|keep going|keep living|life|this life|stay alive|be alive)( no more| any ?more| today| now| tomorrow)?
			(not|never|dont|wont|didnt) (want to )?(wake|waking) up( again| tomorrow)?
			(sleep|asleep) <any>(not|never|dont|forever) ?(wake|waking|wakes|woke)?( up)? | sleep for ?ever
			wouldnt wake up | didnt wake up | never wake up
			(not|no longer) (be|being) here (any ?more|no more) | wouldnt be here
			(wish|want|rather) <any>(not be here|wasnt here|werent here|not here|not be around|wasnt around|werent around|wasnt alive)
			if i (wasnt|werent|was not|am not|was gone|were gone|disappeared|wasnt here)( here| around| alive)
			(tired|sick|fed up|exhausted|bored|done|finished|weary) (of|to|with) (living|live|life|being alive|existing|be alive|being here)
			(no|not) (want |wanting )(to )?(live|life|be here|alive)
			(dont|doubt|unsure|wont|not|never|might not) <any>(be|being) (around|here|alive) (for (his|her|their|christmas|my|the baby|much|long)|tomorrow|in the morning|to see|by (christmas|then|the)|much)
			done with (life|living|everything|this life) | fed up of (living|life)
			sick of (living|being alive|life|existing) | (never|not|wasnt) (been |to have been )?born( at all)?
			never existed | not want(ing)? to (be here|live|be alive|exist)
			(not|dont|doesnt) want to be in this (life|world) | not exist(ing)?
			had enough( of (life|living|everything|it all|this life|being alive|existing))?( [.;,]| ?$)
			(rather|prefer) not (be|to be) (alive|here|around)
			(dont|doesnt) feel like (living|being alive|being here)
			regret (surviving|waking)
			(cant|dont|doesnt|cannot|couldnt|unable to) (really |even )?(see|picture|imagine) (myself|herself|himself|me) (being |still )*(here|alive|around)
			(letters?|notes?|videos?|cards?|messages?|memory box|instructions|recipes|book|diary) <many>(when|once|after|if|in case) (im|i am|i|ive) (not (here|around|alive)|gone|no longer (here|around)|wont be|dead|die)
			(pray|hope|wish|praying|hoping|wishing|prays|hopes) (that )?(i|she|he|ill|that) (dont|do not|didnt|never|wont|doesnt|will not) (wake|open my|live|survive|make it)
			(wouldnt|would not|not|dont) (really )?mind (if i |not |me |being |to )(didnt wake|died|dying|dead|die|was dead|be dead|not waking|got (hit|run|cancer))
			(stop|finish) to live | (dont|do not|not|no) (want |wish )?(to )?(live|life|alive) (more|any ?more|no more|again|this way|longer) | (no|not) (want|wish) (this |my )?life
			(wont|not|never|dont plan on|dont think ill|doubt ill) (be )?(hang|hanging|stick|sticking|stay|staying) (around|about|here|alive) (to (find|see|know)|for (it|long|this|that)|much longer)
			(dont|doesnt|no longer|not|stopped) (care|caring|bothered) (what|if|whether) <any>happens?( to (me|her|myself|herself|himself))?( any ?more)?( [;,.]| ?$)
			(asks?|asking|asked|talks?|talking|wonder|wonders|wondering|what would happen|what happens) <far>if (i|she) (wasnt|werent|was not|were not|isnt|am not) (alive|here|around)
			(dont|cant|doesnt|never|cannot) (see|imagine|picture) <many>(with|including) me in it`),
		phrase("suicide-cannot-go-on", CategorySuicide, LevelUrgent, proof, "cannot go on; the negation is the meaning",
			`
			(cant|cannot|couldnt|can not|dont think i can|unable to|wont|not able to|dont want to) (even |just |really )?(go on|carry on|keep going|keep doing this|do this any ?more|do it any ?more|do life|take it any ?more|take any ?more|take this any ?more|live like this|live with this|live any ?more|live|see a way out|see a future|see any way|see any future|see the point|see a way forward|bear it any ?more|bear living|face another day|face tomorrow|face living|keep living)( any ?more| much longer| like this)?
			(cant|cannot|couldnt|dont want to) (be here|be around|do this|do it|go on|carry on|take it|take this|live) (any|much) longer
			(cant|cannot|dont want to|wont|couldnt) (do|face|cope with|survive|live|live through|get through|take|manage|stand|bear) (another|one more|any ?more|a single) (day|night|week|minute|hour|second|morning)( of (this|life|it|living|feeling|being)( life| pain| hell)?)?( like this| alive| here)?( [;.,]| ?$)`),
		phrase("suicide-no-point", CategorySuicide, LevelUrgent, proof, "hopelessness; the negation is the meaning",
			`
			whats (even )?the point | what is (even )?the point
			(no|nil|lacks|any|the|see the|a) (point|reason|purpose) (in |of |for |to |with )?(living|life|going on|carrying on|being here|anything|any of it|it all|any ?more|live|me being here|being alive|in me|continuing|existing|go on|carry on|trying)( any ?more)?
			no point any ?more | (nothing|no one|nobody|not much|anything) (left )?(to )?(live|living) for
			not worth (living|it any ?more|carrying on|going on)
			(life|living|it) (is|isnt|feels|seems|was) (not |just |so |really |completely )*(not worth|worth|meaningless|pointless|over)( (living|it|it any ?more|anything))?
			(no|nil|lacks|any|another|a) (other )?way out | no (other )?way forward
			(life|this|living|im|i am|it) (is |just |really |all )*(not|isnt|aint) worth (living|it)
			(see|seeing|imagine) (it|things|this|anything) (ever )?(getting|get) (any )?better
			never (going to |gonna )?(get|getting|be|feel) (any )?(better|normal|happy|ok) | no light at the end
			give up( on (life|everything|living|it all|myself))( |$)
			(want to|ready to|just|going to|about to|feel like) (give|giving) up( [.,;]|$) | only way out
			(dont|doesnt|cant|not|no) (see |have |got |seeing |picture |imagine )?(a |any |myself having a |much of a |no )?future
			no future
			(feel|feels|feeling|felt|its|is|all|everything|so|completely|totally|utterly|im) (so |just |completely |totally |utterly |very |really |all |is |feels |pretty |all so )*hopeless
			no hope | hopeless | hopelessness | lost (all )?(hope|the will)
			given up (on (life|everything|living|myself)|hope) | nothing (will )?(ever )?(get|gets) better
			nothing left | life is over | my life is (over|finished|done) | rock bottom
			(lost|no) (the )?will to live
			wont be (here|around|alive) (much|for (much )?(long|his|her|christmas)|to see|by|next|when)
			(not|wont|never) be (here|alive|around) (much longer|for long|to see|when|next)
			dont see (myself|me) (being )?(here|alive|around) | too late for me | beyond help | no escape
			(cant|dont|cannot|doubt|wont) (see|imagine|think) <any>(making it|make it|getting|lasting|last|surviving|survive|being here|reaching) (to |until |till |past )?(christmas|his|her|next|the (end|new)|tomorrow|birthday|long|this)
			(just )?want out( of (life|this|here|it all|this life))?( [.;,]| ?$)
			(made|making) (my|her|his) peace | ready to (die|leave this world)|ready to go now
			nothing matters | no longer matters | (dont|cant) see why i (should|bother|am|would)
			(only )?one way (this|it) (ends|can end|will end)
			(dont|doesnt|not) deserve to (live|be here|be alive|exist)
			(cant|cannot|dont want to) (cope with|face|deal with) (life|living|being alive|another day|tomorrow)
			not meant to be (here|alive) | dont belong (here|in this world|on this earth)
			no will to live
			(out of|end) (my|this|the) (misery|suffering|pain)
			(no|not|not any|not of any|zero) (use|good|help|value|worth) to (anyone|anybody|him|her|them|any one|the baby|my baby|my (son|daughter|kids|family|children|husband|partner)|no ?one|this world|the world)
			life (has|have|had|got|with|of) (no|zero|lost its|lost all|lost) (meaning|value|point|purpose|sense|worth)
			(too (hard|tired|painful|broken|sad|exhausted|weak)) to (live|exist|be alive|go on|carry on|keep living)
			(nothing|no one|nobody|not much) <any>(keeping|keeps|holding|holds) (me|her|him) (here|alive)( any ?more)?`),
		phrase("suicide-burden", CategorySuicide, LevelUrgent, negatable, "being a burden",
			`
			(better|easier|happier|best|fine|cope better|ok|safer|best off) (off |life |lives |mother |to be )*(without (me|her|him)( here| around)?|if (i|she|he) (was|were|wasnt|werent|am|werent here|wasnt here|died|disappeared|didnt|did not|left|is)( not)?( dead| gone| here| around| alive| exist| there)?|with me (dead|gone)|dead|off dead|when im gone|once im gone|im not here|me not here)
			better off dead | be better dead
			(im|i am|being|feel|feels|feeling|just|am|become|like|such|shes|hes) (like |just |nothing but |only |such |always |become |im )*a burden
			burden (to|on) (everyone|everybody|them|all|my|him|her|people|the)
			(deserves?|need|needs|find|get|have) (a |someone )?(better|different|new|proper) (mum|mother|mom|parent|dad)( than me)?
			deserves? (someone|somebody) better | without me (they|he|she|everyone|it) | everyone hates me and
			nobody would (miss|care|notice) | no one would (miss|care|notice)
			wouldnt (miss|even miss|notice) (me|if)
			(they|he|she|everyone|baby|world|kids|children) (would|will|ll|wouldnt|all|are|is)* ?(all |be |do |cope )*(better|happier|fine) (off )?(without me|if i)
			waste of space | world <any>better (place )?without
			waste of (oxygen|air|space|a life|breath)
			(better|happier|safer) (off )?with (any|another|a different|some|someone|somebody) (other |else|else as )?(mum|mother|family|parents|woman|person)?
			(nobody|no one) (would |will |ll |d )?(even |ever |really |actually |probably )*(miss|notice|care|cry) (if (i|id|im|she|he|me)|me|that im|when i)
			(baby|world|family|everyone|kids|husband|partner|son|daughter|he|she|they) (dont|doesnt|do not|does not|wouldnt) (even |really )?need me( (here|around|alive|to be (here|around|alive)))
			(they|kids|babies|children|everyone|family|people) (will|would) (soon |quickly |just |all |easily )*(forget (about )?me|get over (me|it) (when|once|if)|forget i)
			(happier|better|easier|ok|okay|fine|cope|relieved) <far>(if|once|when) <any>(i|she) (was|were|am|is) (dead|out of the way)`),
		phrase("suicide-goodbye", CategorySuicide, LevelUrgent, negatable, "goodbyes and arrangements",
			`
			(wrote|written|writing|write|leave|left|leaving|done|recorded|recording|made) <any>(letters?|notes?|videos?|cards?|messages?) <many>(gone|goodbye|dead|die|18|open when|remember me|when im not|without me|after i|im not here)
			(goodbye|good bye|suicide|final|farewell) (note|notes|letter|letters|message|messages|video)
			(saying|said|say) (my |their |her |his )?(final |last |)?(goodbyes|good byes)
			goodbye (everyone|all|everybody|world|forever)
			sorry (for everything|to everyone) <far>(goodbye|bye|love you all|gone)
			(when|once|after|if|until|till) (im|i am|ive|i have|i|shes|hes) (gone|dead|not here|no longer here|not around|passed|die|died)
			(giving|given|gave|give) (away|her|my|his|all) ([a-z]+ )?(things|stuff|possessions|belongings|jewellery)( away)?
			affairs in order
			(sorted|made|making|written|updated|arranged|planned|planning|plan) (out )?(my|her|his|a|the|own|for my|for her) (own )?(will|funeral|life insurance) <any>(case|so|just|for|before|everything|ready|dont)
			planned (my|her|his) (own )?funeral
			(who|someone|somebody) <any>(look after|take care of|have|raise|bring up) <it> <any>(if|when|after) (im|i am|i) (gone|dead|die|not here|not around|wasnt)
			(saying|texted|text|texting|message|messaged|messages|wrote|said|sent) <many>(goodbye|farewell) <far>(look after|love|baby|kids|sorry)
			saying sorry and goodbye | look after (the baby|my baby|him|her|them|the kids) (for me|when im|if anything)
			tell (my|the|him|her|them) <any>(i )?(love|loved) (them|him|her|you) <far>(gone|dead|goodbye|sorry|always)
			(please )?(take care of|look after) (my|our) (baby|kids|children|son|daughter) (when|if|once|after|for me)
			(told|tell|asked|ask|written|wrote|decided|sorted|know|agreed|arranged|planned) <any>who ((should|gets? to) (have|keep)|(should|will|would|gets? to|is going to) (raise|bring up)) (<it>|the kids|the children)
			(wrote|writing|written|write) (my |a |the )?(goodbyes?|farewell)`),
		phrase("suicide-selfharm", CategorySuicide, LevelUrgent, negatable|past, "self-harm",
			`
			self ?harm(s|ed|ing|er)? | (till|until) (i|they|it|she) bleeds?
			(hurt|hurting|hurts|harm|harming|harms|harmed|cut|cuts|cutting|burn|burning|burns|burnt|starve|starving|punish|punishing|hit|hitting|scratch|scratching|punch|punching|injure|injuring|bang|banging|bite|biting|drown|poison|jump|overdose) (on )?(<self>)
			(cut|cuts|cutting|slit|slitting|slash|slashing|carve|carving|scratch|scratches|scratching|burn|burning|burned|burnt|clawing|picking|biting) (on |at |into )?(my|her|his|their|up my) (own )?(arm|arms|wrist|wrists|thigh|thighs|legs?|skin|stomach|body|throat|upper)
			(started|been|back to|relapsed|again|stopped|keep|stop|keeps|urge to|urges to|need to|want to|i) ([a-z]+ )?(cutting|cut again)( again)?( (again|to cope|at night|because|since|lately|every)| ?$)
			dsh | sh again | shing | been sh | doing sh
			(urge|urges|relapsed|thoughts of|want|history of|started|thinking about|clean from|with) (to |of |with |on |about )?sh
			s h again
			(bang|banging|hit|hitting|punch|punching) my (own )?(head|face) (against|on|off|into|with|until|because|wall)
			pulling (my|her) hair out until | (taking|took|take) (it )?out on myself
			(the|a|my) (blade|razor) <any>(again|my|arm|skin|helps)
			(keep|keeping|hide|hiding|carry|bought|found|got|have) (a |my |some |the )?(blades?|razor blades?)
			(punch|punching|hit|hitting|bruise|bruising|burn|burning|cut|cutting|scratch|scratching|biting|bite) <any>my own (legs?|arms?|body|face|thighs?|head|skin|hands?)
			covered in (cuts|scars|burns) | cuts (ive|i have|shes) (done|made) | (fresh|new|superficial|multiple) (cuts|scars|lacerations)
			lacerations | bleed(ing)? out | self (inflicted|injur[a-z]+|mutilat[a-z]+)
			(dig|digging|dug|stick|sticking|stuck|press|pressing|push|pushing) <any>(nails|fingernails|compass|scissors|safety pins?) <any>(into|in|under) <any>(skin|arms?|legs?|thighs?|me|myself|hand|hands|palms?)
			(punch|punching|hit|hitting|head ?butt[a-z]*|bang|banging) (the |a |my head on |my head against )*walls? <far>(bleed|bleeding|bled|blood|knuckles|to feel|myself|pain)`),
		phrase("suicide-abbreviated", CategorySuicide, LevelUrgent, negatable|past|professionalOnly, "a professional's abbreviations",
			`(active|passive|denies|expressing|expressed|current|ongoing|disclosed|reports|reported|with|re|of|and|fleeting|recent) (si|sh|od|tsh)`),
		phrase("suicide-means", CategorySuicide, LevelUrgent, negatable|past, "means gathered or weighed",
			`
			(saved|saving|save|stockpil(e|ed|ing)|stash(ed|ing)?|hoard(ed|ing)?|hid|hiding|hidden|collect(ed|ing)?|kept|keeping|stored|storing|buying|bought|got a stash of) (up )?(of )?<any>(tablets|pills|medication|meds|paracetamol|painkillers|insulin|amitriptyline|sertraline|codeine|antidepressants|sleeping tablets|rope|blades?|razors?)
			(look|looking|stare|staring|stared|looked|thinking|think) (at|about) <any>(tablets|pills|medicine|medication|knife|knives|razor|rope|paracetamol|train|trains|bridge|bridges)( <many>(easy|end|take|taking|jump|all|wonder|think|enough|over|just|cupboard))
			(took|taken|taking|take|had|an|swallow(ed|ing)?|recent|previous|intentional|staggered|impulsive) <any>(overdose|overdoses|od)
			(to|took|an|of|by|intentional|mixed|staggered|attempted|planned) od | overdosed
			(plan|planning|planned|going|want|thought about|thoughts of|thinking of|tried) (to )?(overdose|overdosing|od)
			(pills|tablets|blade|knife|rope|noose|razor|paracetamol) (in|to|against) (my|her|his) (hand|hands|wrist|wrists|mouth|throat|neck|arm)
			(take|taking|took|swallow|swallowing|swallowed|nearly took|neck|necking|down) (all|too many|a load|loads|a whole|the whole|the lot|every|a handful|lots of|the|my|them) ?(of )?(my |the |her |his |those |these )?(tablets|pills|paracetamol|medication|meds|painkillers|all)( (at once|in one go|and))
			(take|taking|took|nearly took|swallow|swallowing) all (of )?(my|the|her|his|those|these) (tablets|pills|paracetamol|medication|meds|painkillers)
			(googl(e|ed|ing)|search(ed|ing)?|research(ed|ing)?|looked up|looking up|reading about|look up) <many>(ways to|how many|how to|methods?|painless|die|overdose|suicide|kill|hanging|end it)
			how many <any>(tablets|pills|paracetamol|painkillers)
			how (id|i would|i could|i might|she would|to) (actually |best )?(do it|end it|kill|die)
			painless way | easiest way to (die|go|end) | (tied|tie|tying|bought|made) <any>(noose|ligature|rope)
			ligature | noose
			(tablets|pills|paracetamol|meds|medication) <any>(lined up|laid out|counted|ready|hidden|for die|to die|to end|in case)
			many (tablets|pills) | overdoses | (close|closest) to doing it
			(have|ve got|got|has) a plan( to (do it|die|end|go|kill))?( and)?( [.;,]| ?$)
			(plan|plans|planning|planned|think of|thinking of|work out|working out|choose|choosing|wonder|wondering|know) <any>(what|which|how many) <any>(pills|tablets|paracetamol|meds|medication|rope|bridge)`),
		phrase("suicide-method", CategorySuicide, LevelUrgent, negatable|past, "a method imagined",
			`
			(jump|jumping|jumped|throw myself|throwing myself|step|stepping|walk|walking|run|running|stepped|walked|lie|lying|fall) (out |off |in |into |under |from |in front |on |down )+(of )?(a |the |my |that |moving )*(bridge|train|trains|tube|bus|lorry|car|cars|traffic|roof|balcony|window|cliff|sea|river|railway|tracks|building|motorway|road|water|canal|lake|car park)
			(driv(e|ing)|crash(ing)?|swerv(e|ing)|steer(ing)?|turn(ing)?) (the |my )?(car |wheel |straight |right )*(into|off|in to|in front)? ?(a |the |oncoming |on coming )*(wall|tree|bridge|lorry|river|traffic|barrier|central reservation|cliff|lamp ?post|road)
			(turn(ing)?|pull(ing)?|let(ting)? go of|yank(ing)?) the (steering )?wheel
			hang(ing)? (myself|herself|himself) | under a (bus|train|lorry)
			in front of (a |the )?(bus|train|lorry|traffic|tube|car)
			(if|wish) (i|id|we) (just )?(crash|crashed|had a crash|drove off|got hit by|was hit by|got run over|fell)
			(crash|crashing|crashed) (the |my )?car (on purpose|deliberately|into|so)
			(look|looking|looks|stare|staring|stand|standing|stood|drawn|pulled|think|thinking|walk|walking|go|going|drive|driving) (at|about|by|on|to|near|over|past|towards) (the |those |that |my |a )*([a-z]+ )?(tracks|railway|train line|bridge|cliffs?|multi storey|motorway|platform|edge|river|sea|lake|trains|lorries|traffic) <many>(too long|wonder|wondering|jump|jumping|fall|falling|step|stepping|imagine|imagining|walk in|go in|let go|just go)`),
		phrase("suicide-vanish", CategorySuicide, LevelUrgent, negatable, "a wish to be gone",
			`
			(want|wants|wanted|wish|wishing|just|could|need|like) (to |i could |just |would |it |she could |he could |id )*(disappear|vanish|cease to exist|fade away|not exist|be gone|be no more|stop existing|be with (my|the) (mum|dad|nan|baby) in heaven|join (him|her|them) in heaven)
			(want|wants|need|just want) (it|this|everything|all|the pain|my pain|the suffering|it all|all of it|all this) (all )?(to )?(just )?(end|be over|stop|go away|finish|over)( forever| for good)?
			(do|did|doing|done) something (stupid|silly|drastic|bad to myself|terrible|daft)
			something (stupid|silly|drastic|terrible) (to myself|tonight)
			(planning|plan|planned|plans) (how|when|to end|to die|it all out|my death|her death|my own death)
			(easy|easier) (way out|it would be (to (end|die|go|just)|if))
			make it (all )?(stop|go away) (for good|forever|permanently) | permanent(ly)? (sleep|solution)
			peace at last | be at peace
			(want|wants|wish|could|need|just|like|hope) (to |i could |just |would |could |that )*(switch off|shut down|be gone|go to sleep|close my eyes|sleep|go away) (for good|forever|for ever|permanently|once and for all|and (never|not) (wake|come|open)[a-z]*)`),
		phrase("suicide-not-safe", CategorySuicide, LevelUrgent, proof, "cannot stay safe; the negation is the meaning",
			`
			(cant|cannot|dont think i can|not able to|unable to|struggling to|dont know (if|how) i can|not sure i can|how long i can|dont think she can|might not|hard to) (keep|stay|be) (myself |herself |himself |me )?safe
			(dont|doesnt|not|didnt|no longer) (feel |feeling |trust )?(safe )?(with|around|from|in) (my own|myself|herself|my thoughts|my own thoughts|my head|my own head)
			(dont|cant|doesnt|do not) trust (myself|herself|himself)( (with (tablets|pills|a knife|knives|my tablets|my meds)|tonight|alone|on my own))?
			dont trust what i
			(scared|frightened|afraid|terrified|worried) (of )?(what i (might|may|could|will|would) do|of myself|i (might|will|ll|may|could) (do something|hurt myself|act on|kill))
			unsafe with (myself|my thoughts) | danger to (myself|herself|himself)
			(risk|risks?) to (herself|himself|self)( is| remains)? (high|moderate|significant|increased|escalating|elevated)
			(high|significant|increased|imminent|escalating) risk (of|to) (self|suicide|herself|harm|himself)`),
		phrase("suicide-scale", CategorySuicide, LevelUrgent, negatable, "item 10 of the EPDS, item 9 of the PHQ-9",
			`
			(item|question|q|qu|no|number) ?(10|ten|9|nine) <far>(positive|scored? [123]|[123]|yes|hardly ever|sometimes|quite often|elevated|high|endorsed|often)
			(positive|scored|scoring|score|answered|[123]|endorsed|endorses|yes|ticked|responded) <any>(on|for|to|at|of|score|in) (epds |phq |the |her |phq9 )*(q ?10|qu ?10|(item|question|number) ?(10|ten|9|nine))
			(epds|phq ?9?|q10) <far>(self harm|suicid)[a-z]*`),

		// Thoughts, images and fears of harming the baby.
		phrase("baby-hurt-wish", CategoryHarmBaby, LevelUrgent, negatable, "a wish, urge or fear to hurt the baby",
			`
			(want|wants|wanted|wanting|going|could|might|may|nearly|almost|will|ill|would|able|scared|afraid|fear|frightened|worried|terrified|urge|urges|tempted|about|need|thought|thoughts?|think|like|just|id|what if|to|ready|imagine|must|should|can|wanna|or|and) (to |i |im |ill |id |about |of |that |she |he |will |might |could |would |going |may |just |want |actually |really |am |go |of me |like |snap and |lose it and |lose control and |literally |easily |even |kind of |suddenly |accidentally )*(<hurt>|threw|hit|shook|dropped|smothered|strangled|hurt) (<it>)
			(hurt|harm|kill|smother|shake|suffocate|drown|strangle) (my|the|our) ([a-z]+ )?(baby|son|daughter|child|newborn|little one|twins|infant|babies|children|kids)
			(would|could|should|might) (have |ve )?(thrown|killed|hit|shaken|hurt|smothered|dropped|strangled|punched|slapped) (<it>)
			(couldve|wouldve|could of|would of) <any>(thrown|killed|hit|shaken|hurt|smothered|dropped|strangled|punched|slapped|shook) (<it>)
			(kill|hurt|harm|smother|shake|drown|strangle|suffocate|stab) baby
			(want|wish|going|need|wanted|thought|thoughts|thinking) <any>get(ting)? rid of (him|her|it|my baby|the baby)
			(stop|make|making|stopping) (him|her|it|<baby>) (stop |from )?(breathing|breathe)
			(shut|silence) (him|her|it|<baby>) (up )?(forever|for good|permanently)
			(unalive|end|take) (him|my baby|the baby|my babys life|the babys life)( life)?( and me| and myself| too)
			(fist|foot|punch|boot) (through|into|in) (him|his|her|it|<baby>)`),
		phrase("baby-hurt-image", CategoryHarmBaby, LevelUrgent, negatable|past, "an image or thought of hurting the baby",
			`
			<think> <many>(<hurting>|putting|pushing|leaving) <any>(<it>|pillow|hand|pram|buggy|blanket)( (over|in front|into|down|under|off|out|against|on) <any>[a-z]+)?
			(<hurting>) (<it>)( <any>(head|mind|thoughts|images|down|against|out|window|wall|stairs))
			(harming|hurting|killing|smothering|suffocating|drowning|stabbing|strangling|shaking) (him|them|<baby>)
			(thoughts?|images?|pictures?|visions?|flashes|nightmares) <many>(<baby>|him|her) <any>(dead|dying|stabbed|hurt|drowned|falling|bleeding|killed|smothered|dropped|being hurt|harmed)
			intrusive <any>(thoughts?|images?) <many>(harm|hurt|harming|hurting|kill|killing|baby|stabb[a-z]+|drown[a-z]*|throw[a-z]*|dropp[a-z]+)
			(intrusive|horrible|awful|terrible|disturbing|violent|bad|dark|scary|evil|nasty|frightening|horrific|unwanted|weird) (intrusive )?(thoughts?|images?|pictures?|urges?) (about|of|towards?|involving|to) (hurting |harming )?(him|her|<baby>|them|the baby|my baby|it)
			violent (thoughts?|urges?|images?)
			(horrid|horrible|awful|terrible|scary|bad|violent|evil|disturbing|nasty|unwanted|frightening|intrusive|weird|sick|horrific) (intrusive )?(thoughts?|images?|urges?|pictures in my head|visions?)
			(keep|keeps|flashes of|flash of|images of|pictures of) (seeing |imagining |picturing )?<any>(blood|dead|knife|knives|scissors|falling|injured|drown[a-z]*|bleeding)
			(imagine|imagining|imagined|picture|picturing|see|seeing|dream|dreaming|think about|thinking about) (<it>|about him|about her) (being |is |all |lying )*(dead|dying|drowned|hurt|stabbed|bleeding|smothered|lifeless)
			(something|anything) (bad|terrible|awful|horrible|stupid|dreadful|nasty) to (<it>)
			(thoughts?|mind|brain|head|something|it) (keeps? |is |just )*(tell|tells|telling|says|saying) (me )?(to )?(<hurt>) (<it>)
			see (me|myself) <any>(push|pushing|drop|dropping|throw|throwing|hurt|hurting|stab|stabbing|drown)
			(hitting|slapping|smacking|punching|throttling|shaking) (him|her|my (baby|son|daughter)|the baby)
			(visions?|images?|pictures?|dreams?|thoughts?|flashes) of (him|her|it|them|<baby>) <any>(drown[a-z]*|dead|dying|fall[a-z]*|bleed[a-z]*|hurt|suffocat[a-z]*|blue|idiom)
			(see|seeing|saw|picture|picturing|imagine|imagining|thoughts? of|visions? of|images? of|dream of|flash of) (me|myself|my hands?) (<hurting>|letting|putting|holding|leaving|pressing) (<it>|it|pillow)
			(do|did|make|making) (very |really )?(bad|wrong|terrible|evil|stupid) (thing|things|something) (to|with|for) (<it>)
			(mind|brain|head) (keeps? |is |just |always )*(shows?|showing|sends?|sending|gives?|giving|flash[a-z]*|plays?|playing) <any>(him|her|<baby>|pictures|images)
			(mind|brain|head|voice inside|something inside) (keeps? |just |always |is )*(says?|saying|tells?|telling|goes|shouts?|screams?) (to )?(me )?(to )?(throw|drop|push|hurt|stab|let go|squeeze|shake|drown|smother)
			(him|<baby>) (in|into) the (oven|microwave|washing machine|tumble dryer|freezer|bin)`),
		phrase("baby-hurt-compelled", CategoryHarmBaby, LevelUrgent, proof, "unwanted thoughts are still thoughts",
			`(<hurt>) (<it>) <far>((thoughts?|images?|urges?|pictures?|visions?) (keep|wont|come|are|pop|is|scare|get)|keep (thinking|seeing|having|imagining|getting))`),
		phrase("baby-methods", CategoryHarmBaby, LevelUrgent, negatable, "a method named",
			`
			(throw|throwing|drop|dropping|chuck|chucking|push|pushing|toss|tossing|launch|launching) (<it>|pram|buggy|the pram) <any>(out (of )?(the |a )?window|down the stairs|off (the|a) <any>(bridge|balcony)|against (the|a) wall|at the wall|across the room|in(to)? (the )?(road|traffic|river|sea|water|bin)|over the|in front of|under (the|a) (bus|train|car))
			(pillow|cushion|hand|hands|blanket) (over|on|round|around) (his|her|the|its|their) (baby |babys )?(face|mouth|nose)
			(round|around) (his|the baby|the babys|my babys|my baby) (neck|throat)
			(hold|holding|keep|push|pushing|leave|slip|slide|let|letting) (him|her|it|<baby>|go) <any>under (the )?(water|bath)
			let (him|her|it|<baby>) (drown|slip under|die|starve)
			(knife|knives|scissors) <many>(<baby>|near (him|her)|to (him|her))
			(take|taking|took) <any>(baby|him|her|kids|children|them) with me <any>(die|dead|when|if|heaven|go)
			(take|taking) (the |my )?(baby|kids|children|him|her|them) with me
			(give|giving|gave) (him|her|it|<baby>) <any>(something|pills|tablets|medicine|calpol|overdose) <any>(sleep|forever|quiet|die|wake)
			(leave|leaving|abandon|abandoning|dump|dumping) (him|her|it|<baby>) <any>(woods|road|cold|street|bin|river|train|doorstep|outside)
			let(ting)? (him|her|it|<baby>) (fall|drop|drown|slip)( [a-z]+)?
			(putting|put|hold|holding|press|pressing|use|using|get|getting) <any>(pillow|cushion) (over|on|onto|against|across|to) (him|her|it|<baby>)
			(hold|holding|push|pushing|keep|keeping|press|pressing) (him|her|it|<baby>) under( (the )?(water|bath|blanket|covers|tap))?( [;,.]| ?$)`),
		phrase("baby-danger-other", CategoryHarmBaby, LevelUrgent, negatable|past, "somebody else may hurt the baby",
			`
			(hurt|hurts|harm|harms|hitting|hits|threaten(s|ed|ing)? to (hurt|harm|kill|shake)|threatened|rough with|violent (to|towards|with)|aggressive (to|towards|with)|shakes) (<baby>|our baby|the baby)
			(abus(e|ed|es|ing)|neglect(ed|s|ing)?) (of )?(<baby>)
			(risk|harm) (of )?(to|significant harm to) (the )?(baby|infant|child|unborn)( is| remains)? (high|significant|increased|escalating|serious)
			(child|baby|infant) (is )?at (risk|immediate risk|significant risk) (of|from) <any>(harm|abuse|neglect|injury|physical)
			significant harm | infanticid[a-z]+`),

		// Domestic abuse.
		phrase("abuse-strike", CategoryAbuse, LevelUrgent, negatable|past, "violence",
			`
			<he> <any>(<strike>) (at )?(<me>|my|mums|things at|stuff at|objects|plates)
			(<strike>) me <any>(when (he|hes)|in front of|up|again|if i|with his|every|down|against|into)
			(was|is|been|being|get|gets|getting|got|were) ([a-z]+ )?(<struck>) ([a-z]+ )?(by|from) ([a-z]+ )?(<he>|him)
			(hit|slapped|punched|kicked|pushed|strangled|choked|shoved|threatened) (me|mum|mother)
			(raised|lifts|puts|put|lays|laid|raises) (his |her |a |their )?hands? (on|to|at|up) (me|mum|her)
			gives? me (bruises|a black eye|black eyes) | black eye
			(broke|broken|fractured) my (arm|nose|wrist|rib|ribs|jaw|finger|phone|leg)
			(pushed|pushes|threw|kicked|shoved|dragged|chucked) <any>(down (the )?(stairs|stares|steps)|against (the|a) wall|out of the (house|car)|by (the|my|her) hair|to the floor|to the ground|across the room)
			(bruises|bruising|marks) (from|off|caused by|where|that) (he|him|<partner>|my (husband|partner))
			(was|got|being|been) (physically|verbally|emotionally|sexually) (and ([a-z]+) )?abused
			violent (with|to|towards) (me|her|us|mum)
			<he> (will |would |always |often |then )?(hit|hits|beat|beats|punch|punches|kick|kicks|slaps|hitting|beating)( [.;,]| ?$)
			(bruises?|bruising|marks|injuries|injury|black eye) (on|to|around|over) (mums?|mothers?|my|clients?) [a-z]+
			bruis(es|ing|e) <many>(partner|husband|boyfriend|he|dad) (did|done|caused|gave)`),
		phrase("abuse-strangled", CategoryAbuse, LevelUrgent, negatable|past, "strangulation: the strongest marker of a later killing",
			`
			(strangl(e|es|ed|ing)|chok(es|ed|ing)|throttl(e|es|ed|ing)|suffocat(es|ed|ing)) (me|her|mum|mother|us|client|the mother)
			(hand|hands|arm|arms|fingers|grip) (round|around|on|to) (my|her|mums) (neck|throat)
			by (the|my|her) (throat|neck) | strangulation | cant breathe when he
			(squeezed|squeezes|grabbed|grabs|held) (my|her) (throat|neck)`),
		phrase("abuse-threat", CategoryAbuse, LevelUrgent, negatable|past, "threats",
			`
			(threaten(s|ed|ing)?|threats?) (me|us|to|her|my|mum|by|from|of|made|about|with|that|against)( <any>(kill|hurt|harm|take|leave|him|suicide|partner|family|photos|life|hit|report))?
			(says|said|saying|told me|tells me|swears|promised|reportedly) (that )?(if i leave |if i <any>leave |when i <any>)?(<he>)?( will| would|ll| is going to| going to|d)? (kill|hurt|take|find|burn|stab|destroy|ruin|shoot|bury) (me|us|my|the (baby|kids|house)|her|myself|him)
			(kill|hurt|stab) (me|us) (if|when|and|one day|unless)
			(going to|will|wants to|would|might|hell|gonna) kill (me|us|mum|her and)
			if i (ever )?(leave|left|go|tell|speak|try to leave|told)( <any>(him|anyone|someone|police))? (<far>)(kill|take|hurt|never see|find me|lose|share|regret|pay|burn)
			(take|taking|takes|get|keep) (the |my |our )?(baby|kids|children|son|daughter|him|her) (away |off )?(from me|to (his|another) country)
			revenge porn | (share|post|send) <any>(photos|pictures|videos|nudes) of (me|her)
			scared for my life | fear for my life | in fear of (my|her) life
			tak(e|es|ing) (my|the|our|her) (baby|child|children|kids|son|daughter) <any>(away|country|abroad|from me|back home|overseas|pakistan|india)
			(hed|he would|hell|shed|my <partner> would) (kill|hurt|hit|beat|go mad|go mental|go crazy|flip)( me)? (if|when)
			(get|have|getting|got) (me|her) deported | deport (me|her|us) | (send|sends|sending|ship) (me|her) back to (my|his|her|the|our) ([a-z]+ )?(country|family|parents|village|home)
			(call|ring|phone|tell|report me to|report) (the )?(immigration|home office|social services|social) (on|about|if|and say|that) (me|i|im)
			(shame|dishonou?r) (on|to|for) (the|my|his|our|her) (family|name|community)
			(knife|gun|bat|weapon|axe|machete|hammer) (under|by|next to|beside|near) (the |his |her |our |my )?(pillow|bed|mattress|sofa)
			(hell to pay|i get punished|punishes me|punished me|makes me pay for it)`),
		phrase("abuse-afraid", CategoryAbuse, LevelUrgent, negatable|past, "afraid at home",
			`
			(scared|frightened|afraid|terrified|petrified|fearful|scare|fear|in fear|wary) (of|from|to anger|to upset) (my |the |her |his |their )?(<partner>|him|what (he|hell|my <partner>)|going home|going back|being alone with (him|my <partner>))
			(scared|frightened|afraid|terrified|worried|dread) (of |about )?(what|how) (<he>|hell|my <partner>)
			(scares|frightens|terrifies|intimidates|terrorises) (me|us|her|mum)
			(scared|frightened|afraid|terrified) (that )?(of what )?(<he>|my <partner>) (will|might|would|may|could|is going to|going to|ll|finds?|comes?|gets?|reads?|sees?) <any>(hurt|kill|hit|find|angry|do|take|out|back|home|drunk|this|know|come|mad|snap)
			(make|makes|made|making) me (fear|afraid|scared|frightened|feel scared|feel afraid)
			(walk|walking|tread|treading|walks) on (egg ?shells|egg shells) | (egg ?shells)
			(scared|afraid|frightened|terrified|worried) (that )?(my )?<he> (will|would|might|can|could|may) (find|see|read|know|hear|come|kill|hurt|hit|take|hurt)
			(i|we|she|mum|client) (always |often |still |visibly |also )*(flinch|flinches|flinched|cower|cowers|cowered|tremble|trembles) (when|every time|whenever|if|as) (my |her |the )?(<partner>|he|hes|his) <any>(comes?|walks|raises?|moves?|keys?|in|home|near|touches)
			(<partner>) (goes|gets|went|got) (mad|mental|crazy|ballistic|nuts|berserk|psycho|furious|into a rage|very angry|really angry) (if|when|at me|because|over)
			(wont|cant|afraid to|scared to|doesnt|unable to|reluctant to|not able to|nervous to) (speak|talk|say|disclose|answer|be open)( openly| freely| anything)? (in front of|around) (him|<partner>|her <partner>|my <partner>)`),
		phrase("abuse-unsafe-home", CategoryAbuse, LevelUrgent, proof, "not safe at home; the negation is the meaning",
			`
			(not|dont|doesnt|didnt|isnt|never|no longer|arent|am not|unsafe) (feel |feeling |really |always |very )?(safe )?(at home|in my (own )?(home|house)|with (my |her |the )?(<partner>)|around (him|my <partner>)|with him|living with him|in the house)
			not safe (here|with|around|there) | dont feel safe( [;,.]| ?$| here| anymore| any more| when he)
			unsafe (at home|with (him|my)|around (him|my))
			(not|isnt) safe (for (me|us)|to (talk|go home|speak))`),
		phrase("abuse-control", CategoryAbuse, LevelUrgent, proof, "forbidden; the negation is the meaning",
			`
			(wont|doesnt|not|never|doesnt ever|didnt|dont|refuses to|wouldnt|no) (let|lets|allow|allows|allowed|allowing|letting|permit|permits) (me|her|mum|us|client|mother) (to )?(see|go|leave|have|work|speak|talk|use|get|drive|spend|out|any|access|contact|call|phone|visit|money|wear|study|learn|answer|open|attend|meet|do anything|breastfeed|alone|family|friends|my)
			(wont|doesnt|not|never|dont) (give|gives) (me|her|mum) <any>(money|cash|phone|access|food|key|keys)
			(wont|doesnt|not|never|dont) want (me|her|mum) to (see|work|speak|talk|use|drive|study|go out|have friends)
			(not|never|isnt|am not|wasnt|arent) allowed (to )?(see|go|leave|have|work|speak|talk|use|out|my|any|drive|money|friends|without|a phone|contact|phone|call|do|spend|wear|visitors)
			stops? (me|her) (from )?(seeing|going|leaving|working|talking|having|speaking|using|contacting|getting help)
			(stopped|stopping|prevents?|preventing|forbids?|forbidden|forbid) (me|her|mum) (from |to )?(seeing|going|leaving|working|talking|see|go|leave|work|talk|speaking|having|using|contacting)
			(have|has|need|must|got) to ask (him|my <partner>|her <partner>|<partner>|permission) (for ([a-z]+ )?(money|permission|cash|everything|any)|if i can|before i|permission|to (go out|leave|see my|use|spend|buy))
			need (his|my husbands?|my partners?) permission | (wont|not|doesnt) leave me alone
			<he> (locks|locked|locking|bolts) (the )?(door|doors|house|me|us|gate)
			(answers?|speaks?|talks|answered|spoke|answering|speaking) <any>for (her|mum|me|the mother)
			(wont|not|never|refuses to|refused to|doesnt) leave (the room|her alone|mum alone|her side|mums side)
			(makes|made|forces|forced) me (to )?(stay up|stay in|beg|ask|apologise|kneel|account|show|sit|clean|sleep on)
			<he> <any>(blocks?|blocked|blocking|barricad[a-z]+) (the |my )?(door|doorway|way out|exit)
			if i (dont|didnt|do not|am not|im not|forget to|forget) (answer|reply|text|text back|cook|obey|agree|home|back home|listen|come home|tell him|ask) <far>(hell|pay|angry|mad|furious|loses it|kicks off|punish[a-z]*|trouble|hits?|hitting|shouts?|threatens?)
			<he> <any>(locks?|locked|hides?|rations?|counts?|padlocks?|padlocked) (the |my |all the |our |all our )(fridge|food|cupboards?|heating|wifi|car keys|money)
			<he> <any>(says?|decides?|chooses?|tells? me|controls?) when (im|i am|i|we|she) (can|allowed to|may|get to) (eat|sleep|go|shower|leave|wash|see|use|have|feed)
			(have to|must|need to|had to) be (home|back|in|indoors) (by|before|when|at) <any>(he|she|my <partner>|they) (says?|sets?|said|tells?|allows?)`),
		phrase("abuse-surveil", CategoryAbuse, LevelUrgent, negatable|past, "watched and isolated",
			`
			<he> ([a-z]+ ){0,2}(checks?|checking|goes through|going through|reads?|tracks?|tracking|monitors?|monitoring|watches|searches|looks through|took|takes|taken|hides|hid|has|keeps|smashed|broke|got) ([a-z]+ )?(my|her|mums) (phone|messages|texts|location|passport|visa|money|wages|bank|emails|mileage|whatsapp|bank card|card|benefits|car keys|keys|documents|papers|social media|facebook)
			(checks?|checking|tracks?|tracking|monitors?) (my|her|mums) (phone|messages|texts|emails|whereabouts|movements|spending|location|bank|calls|mileage|whatsapp|every)
			(checks?|checking|tracks?|tracking|monitors?) (where ive|where im|who i|what i|everything i|where shes|where i|up on where|up on me|on me (every|constantly|all the time to))
			(controls?|controlled|controlling|contorls|in control of) (all )?(of )?(me|everything|what i|who i|where i|my|the (money|finances|bank)|our (money|finances)|her|every|all|finances|money|how i|when i|mum)
			(is|hes|very|so|was|being|really|quite|are|partner|husband|behaviour|controlling) (very |so |really |quite |a bit |becoming |increasingly |emotionally |jealous and )*(controlling|coercive|abusive|violent|aggressive|possessive)( (when|to|towards|with|and|at|if|behaviour|relationship|partner)| [;,.]| ?$)
			(controlling|coercive|abusive|violent) (partner|husband|relationship|behaviou?r|ex|boyfriend|father|dad|marriage|man|control)
			(tell|tells|telling|decides?) (me |her )?what (to|i|she) (can |am allowed to |should |must )?(wear|eat|do|spend|say)
			(where|who) (i am|ive been|i was|im with|im talking to|i text|i talk to) (every|all|constantly|minute|at all times)
			(cut|cutting|cuts|isolat(es|ed|ing)|keeps) (me|her) (off |away )?from (my |her |all |everyone|friends|family)
			lock(s|ed)? (me|us|her|mum) (in|out|up|inside)
			(take|takes|took|taken|hide|hides|hid|kept|keeps) (my|her|away my) (passport|phone|visa|bank card|papers|documents|keys|money|wages)
			(follow|follows|following|stalks|stalking|harass(es|ing|ed)?|turns? up|turning up|shows up|showing up) (me|us|her|at (my|the|her|mums)( [a-z]+)?|where i|outside)
			(tracker|tracking app|airtag|spyware|hidden camera|camera) (on|in|under) (my|her|the) (car|phone|bag|house|bedroom|pram)
			monitors? (everything|what|all my|all her)
			like a (slave|prisoner) | treat(s|ed)? me like (a slave|dirt|rubbish|a servant|an animal)
			(take|takes|took|keep|keeps|steal|steals|stole|controls?) (all )?(of )?(my|our|mums|her) (money|wages|benefits|salary|bank card|income|pay)
			<he> (watches|watching|follows|following|tracks|films|filming|spies on) (me|us|her)
			accus(es|ing|ed) me of (cheating|having|sleeping|lying|affairs?)
			(prisoner|trapped) <any>(in my own home|own home|by him|with him|in the house by)
			(gives|give) me (an allowance|pocket money)
			(hide|hiding|delete|deleting) (this|these|my|the) <any>(from him|from my <partner>|before he|so he)
			<he> (rings?|calls?|texts?|phones?|messages?) (me|her) <any>(constantly|non ?stop|\d\d+ times|hundreds of times|dozens of times|fifty times|to see who|to check who|to prove)
			<he> <any>(put|puts|installed|fitted|set up) <any>(cameras?|tracker|tracking|microphones?|app|apps|life ?360) <many>(watch|see|check|follow|track|know|hear) (on )?(me|what i|where i|who i|when i)`),
		phrase("abuse-sexual", CategoryAbuse, LevelUrgent, negatable|past, "forced",
			`
			(force[sd]?|forcing|make|makes|made|making|pressure[sd]?|pressuring|coerce[sd]?) (me|her|himself on|mum|my) (on me |to |into )*(have |having )?(sex|an abortion|abortion|abort|do things|sleep with|intercourse|marry|marriage)
			rape[sd]? | raping | sexually (assaulted|abused|abuses|assaults) | sexual (assault|abuse|violence)
			(sex|touch(es|ed)? me|sleep with me) <any>(dont want|didnt want|say no|said no|against my will|without (my )?consent|when im asleep)
			forced marriage | honou?r based | fgm | human traffick[a-z]+ | trafficked
			(forcing|forced|force|forces|making|make|made) (me|her|us) <any>(marry|marriage|wed)`),
		phrase("abuse-word", CategoryAbuse, LevelUrgent, negatable|past, "the plain words",
			`
			violent | violence | abusive | abuses | abused | abuser | battered | controlling | coercive
			coerced | coercion | aggressive (towards|to|with|when|at|man|partner|and)
			(be|is|gets|very|becomes|hes|verbally|physically) aggressive`),
		phrase("abuse-degrade", CategoryAbuse, LevelUrgent, negatable|past, "degraded, things broken",
			`
			(call|calls|calling|called) me (names|fat|ugly|stupid|useless|worthless|a slag|a bad mum|crazy|mental|a bitch|pathetic|a whore|a slut|disgusting)
			(smash|smashes|smashed|smashing|break|breaks|broke|breaking|punch|punches|punched|kicks?|kicked|throws?|threw|throwing|trash(es|ed)?) (up )?(things|stuff|the (door|house|tv|wall|walls|place|furniture|plates)|my (phone|things|stuff|laptop)|holes?|doors|walls|plates|furniture|a hole|up the)
			(puts? me down|putting me down|humiliates?|belittles?|gaslights?|gaslighting|degrades?|degrading)( me)?
			spits? (at|on) me | hurts? the (dog|cat|pets?)
			(temper|rage|rages|anger|angry outbursts?|flies off|violence) <many>(scar(y|es|ed)|fright(ened|ening)|terrif[a-z]+|hide|hurt)
			makes? me feel worthless
			(screams|shouts|yells) (at|in) (me|my face) <any>(all the time|every day|constantly|in my face|for hours|until i|daily|and)
			(screams|shouts|yells) in my face
			gets? (really )?(nasty|aggressive|violent|abusive) (when|if|with|after|towards)
			<he> (always |often |just |then |constantly )?(shouts?|yells?|swears?|shouting|yelling|swearing) (and [a-z]+ )?at (me|us|mum)
			<he> <any>(hits?|punch(es|ed)?|kicks?|kicked|smash(es|ed)|punching) (the |a |holes? in the |holes? in |my |at the )*(walls?|doors?|table|car|tv|things|furniture|windows?)
			no ?(one|body)? (will|would) believe me | nobody (will|would) believe me
			(raises?|raised|shakes|clench[a-z]*) (his|her) (fist|hand) (at|to) (me|mum) | squares? up to (me|her) | (gets|got) (up )?in my face | (nasty|cruel|vile) to me
			toxic relationship | treats me badly`),
		phrase("abuse-abbreviated", CategoryAbuse, LevelUrgent, negatable|past|professionalOnly, "DA alone, which a parent may use for a father",
			`[a-z]+ da`),
		phrase("abuse-named", CategoryAbuse, LevelUrgent, negatable|past, "a professional's words for it",
			`
			domestic ?(abuse|violence|assault|incident|incidents|abuser)
			(following|of|historical|current|recent|ongoing|disclosed|re|due to|experienced|experiencing|victim of|fleeing|fled|known|history of|with|significant|regarding|alleged|perpetrator of|some|re:) da
			da (from|by|with|disclosed|incident|incidents|concerns|risk|perpetrator|relationship|between|in the|reported)
			marac | idva | isva | dash( risk)?( assessment| score)?
			(coercive|controlling) (control|and|behaviou?r) | non mol(estation)?( order)? | restraining order
			(in|at|to|a|womens) (a )?refuge | clares law | occupation order | perpetrators?
			(emotional|psychological|financial|economic|physical|verbal|sexual)( and (emotional|psychological|financial|economic|physical|verbal|sexual))? (abuse|violence)
			(verbally|emotionally|physically|psychologically|financially|sexually)( (and|or) [a-z]+)? (abus[a-z]+|violent|assault[a-z]*)
			police (were |was |have been )?(called|attended|involved|callouts?|call outs?)( <many>(assault|argument|partner|fight|domestic|ex|violence|hit|him))
			(assaulted|attacked|strangled|beat|beats|hits|hit|punched|kicks|kicked|slapped|slaps|abuses|controls|threatens|threatened) (by )?(her|mum|mother|his wife|his partner|the mother) <any>(in|last|when|on|during|while|and|regularly|after|at|with)
			abusive (relationship|partner|ex|husband|marriage|towards|to|household|home|family|father|behaviour)
			abuse (from|by|at home) (her |my |the |his )?(<he>)
			(my |her )?(<partner>) (is|was|can be|gets|has been|became|becomes|has become) (very |so |really |quite |verbally |physically |emotionally )?(abusive|violent|controlling|aggressive)
			domestics | police (were |was |have been |had been |has been )?(called|attended|involved|came|removed|arrested)
			(fled|fleeing|escaped|left) <any>(violence|violent|abuse|abusive)
			dvp[no] | injunction | bail conditions? | high risk victim | independent domestic | (on|out on|released on) bail
			safe ?house | facial (injury|injuries|bruising|wounds?) | walked into a (door|wall|cupboard)
			(fled|ran away|escaped|got out) <any>(with nothing|while he was|with only the clothes|before he (came|got|woke)) | left (him |home |the house )?with (nothing|only the clothes)
			<partner> (would not|wouldnt|wont|refused to|refuses to|will not|did not) leave( (her|mum|the room|us)|( [;,.])|( ?$))`),
	}
})
