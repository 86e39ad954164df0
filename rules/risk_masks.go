package rules

import (
	"strings"
	"sync"
)

// harmless is what an idiom is rewritten to: a word no row looks for.
const harmless = "idiom"

func mask(to, reason, source string) riskMask {
	return riskMask{compileRisk(source), to, reason}
}

// riskMasks are applied to every text in this order before the rows are tried.
var riskMasks = sync.OnceValue(func() []riskMask {
	return []riskMask{
		// Written apart, and text speak.
		mask("myself", "written apart", `my ?self | me ?self | my sel`),
		mask("${what}self", "written apart", `(?P<what>her|him|your) self`),
		mask("any more", "written together", `any ?more | no more( longer)?`),
		mask("want to", "text speak", `wanna | wana | wanting to | would like to | feel like i want to | wanted to | want too`),
		mask("going to", "text speak", `gonna | gunna | gona | goin to | gonna to`),
		mask("have to", "text speak", `gotta | got to`),
		mask("reportedly", "what a professional was told", `(disclosed|disclosing|discloses|reported|reports|admitted|admits|states|stated|said|told (me|us|hv|the [a-z]+|midwife)) (that )?(he|she|they)( has| had| have)?`),

		// Denials that deny nothing, so that "not" does not cancel what follows.
		mask("keep", "compulsion", `(cant|cannot|couldnt|dont|wont|doesnt|didnt|never) (seem to )?(stop|help)`),
		mask("unsure", "not a denial", `
			(dont|didnt|doesnt|do not) (know|no|remember|understand) | not (sure|certain) | dunno | no idea
			never know`),
		mask("nobody", "not a denial", `
			no one | noone | nobody else | not told any(one|body)
			(havent|never|hasnt|not) (ever )?told (any(one|body)|him|her|my [a-z]+|the [a-z]+)
			(dont|cant) tell any(one|body)`),
		mask("lacks ${what}", "want of help is no denial", `no (?P<what>support|energy|money|help|family|friends?|appetite|body|job|time|break|partner|car|confidence|patience|choice|doubt|sleep|matter|wonder|joke|longer coping|baby|milk)`),
		mask("unwell", "not a denial", `
			not (ok|okay|well|coping|sleeping|eating|myself|good|great|right|alone|lying|joking|just|only|doing well|being funny|exaggerating|happy|feeling well|the first time)
			no good | (dont|doesnt|not) feel (good|well|right|ok|okay|great|myself|like myself)`),
		mask("not", "belief put before the denial", `(dont|doesnt|didnt|do not|cant) (think|believe|feel|imagine) (that )?(i|he|she|they|id|ill|hed|shed|im|hes|shes|its|there is)( (would|could|will|have|has|is|am|had|need|ever))+`),
		mask("${what} unplanned", "thoughts without a plan are still thoughts", `
			(?P<what>ideation|thoughts?|suicidal|suicide|si|feelings|urges|harm) ([,;:] |with |but |and |though |has |have |present |reported )*(no|nil|without|lacks|denies|denied|denying|not any) ((current|currently|any|active|known|identified|immediate|clear|specific|definite|stated|fixed|concrete|further|apparent) )*(plans?|planning|intent|intention|intentions|means|method)`),
		mask("nil ${what}", "professionals' lists of what is absent", `no ((current|currently|known|active|reported|identified|immediate|past|previous|recent|further|apparent|acute|ongoing|other|new) )*(?P<what>(evidence|history|hx|concerns?|reports?|reported|signs?|indications?|disclosures?|suicid[a-z]+|self ?harm|domestic ?abuse|thoughts|ideas?|ideation|plans?|intent|intention|risks?|psychotic|psychosis|delusion[a-z]*|desire|wish|urges?|safeguarding|incidents?|hallucinations|symptoms))`),
		mask("nil", "absent", `
			(has |have |was |is |were )?(not been|not|never been|never|wasnt|isnt|doesnt|didnt|hasnt|havent) (reported |disclosed |expressed |reporting |expressing |disclosing |experienced |experiencing |report |disclose |express |presenting with |a victim of |known to )(any )?
			without any (thoughts|intent|plans?|suicidal|risks?) | free (of|from) | absence of | ruled out | rules out
			(unable|not possible) to ask( about)? | not asked | screen(ed)? negative for | negative for`),

		// Fear of losing the baby to the services is not a plot and not abuse.
		mask(harmless, "fear of removal", `
			(you|social services|social worker|social workers|social|ss|services|the council|council|court|courts|nhs) ((will|would|going to|are going to|might|could|can|want to|wants to|try to|trying to|be) )*(take|taking|takes|remove|removing) (my|our|the|her|him|them|it)( baby| babies| child| children| kids| son| daughter)?( away| off me| from me| off us| from us)*`),

		// Asked, taught or told about, and not said of anybody.
		mask("nil", "asked and answered", `
			asked <any>about (suicide|suicidal|self ?harm|harm|harming|domestic abuse|domestic violence|da|safety)( [a-z]+){0,2} and (she|he|they|mum|said|was|reportedly)( [a-z]+){0,5} (never|no|none|not|denied|nil)
			asked <any>about (suicide|suicidal thoughts|self ?harm|domestic abuse) and ;? ?(she|he|they|mum) ([a-z]+ ){0,6}(never|no|none|not|denied|nil)( such)?`),
		mask(harmless, "about the subject and nobody in it", `
			(leaflets?|posters?|information|policy|guidance|webinar|talk|module|study day|training|lecture) (on|about|for|in) ([a-z]+ ){0,2}(suicide|self ?harm|domestic ?abuse|domestic ?violence|psychosis|shaken|abuse)
			if (someone|somebody|a (parent|mum|client|user|person)|people|they|a user) ([a-z]+ ){0,5}(suicidal|suicide|self ?harm|unsafe|abuse)
			(neighbours?|colleagues?|workmates?|celebrity|singer|actor|man|woman|girl|boy) ([a-z]+ )?(teenager|son|daughter|kid|friend|lad)? ?(on the news |in the news |down the road |at work )?(overdosed|killed (himself|herself|themselves)|took an overdose|hanged himself|died by suicide)`),

		// Idioms.
		mask(harmless, "idiom of endings", `
			(form|forms|weather|heat|rain|stairs|pram|car seat|paperwork|questions?|questionnaire|traffic|commute|teething|reflux|colic|sleep regression|regression|night feeds|house move|job|boss|work|exams?|diet|heartburn|pelvic floor) (is |are |was |were |will |has |going to |might |nearly |almost |really |honestly )*(finish|finishing|finished|killed?|killing|kill|end|be the end of|be the death of|do) (me|us)( off| in)?
			(be|is|was|nearly) the death of (me|us)
			(battery|phone|laptop|tablet|signal|wifi|connection|charger|tv|telly|boiler|washing machine|dishwasher|car) ([a-z]+ ){0,4}(die|dying|died|vanish|disappear|dead)( [a-z]+ ){0,2}(vanish|disappear|cut off)?
			(so )?i (might|may|will|could) (vanish|disappear|cut out|drop off|go quiet) (mid|any|at any|for a|suddenly|sorry)
			(hell|shell|theyll|mum ll|he will|she will|he would|hed|shed) (kill|murder|strangle) me (if|when|for) (i|he|she|they|ive|im)( <any>(wrong|late|forget|forgot|tell|told|knew|saw|find out|haha|lol))?
			edge of (my|our|the|your) (seats?|sofa|bed|bath|chair|town|village|estate)
			(scares|frightens|terrifies) me (how|that) ([a-z]+ ){0,2}(i love|love|responsib[a-z]+|fast|quickly|little)
			smash(es|ed|ing)? (her|his|the|a|their) ([a-z]+ ){0,2}(cake|exams?|test|goals?|targets?|plate by accident|weaning|milestones?)
			(throw|chuck|lob|launch|smash) (my|the|this) (phone|laptop|telly|tv|breast pump|pump|scales|form|steriliser) ([a-z]+ ){0,3}(window|wall|bin)
			(thinks|reckons|acts like|think) (hes|shes|he is|she is|im|i am) (the|gods) (second coming|gift|bees knees|queen|king)
			cut it out | (eczema|itch|itchy|rash|chickenpox|psoriasis) <many>(scratch|scratches|scratching|bleeds?|raw)( <any>bleeds?)?
			hopeless (about|with|at) ([a-z]+ ){0,2}(breastfeeding|feeding|names|directions|sleep|cooking|forms|technology|maths|time|nappies|swaddling)
			a bit hopeless (about|with|at)
			(febrile) (convulsions?|fits?|seizures?)( [a-z]+ ){0,3}(last|ago|once|when)?`),
		mask(harmless, "frightened of dying, which is no wish", `
			(scared|frightened|afraid|terrified|worried|anxious|fear|fears) (of|about) (dying|death|him dying|her dying|me dying) (in|during|of|at|from|like|and leaving|before|young|suddenly|because)
			(believed|thought|felt|sure|convinced|feared) (that )?(i|we) (was|were|am) (dying|going to die) (on|in|at|during) <any>(table|theatre|birth|labour|floor|hospital|ambulance|operation)?
			stopped breathing (for|when|at|after|during|just)( [a-z]+){0,5} (born|birth|delivery|delivered)
			(stop|stops|stopping) breathing so ; i (check|watch|sit|keep|look)`),
		mask(harmless, "a mark with a harmless cause", `
			(bruise|bruises|bump|mark|lump|graze|scratch|cut|egg) ([a-z]+ ){0,5}(from|where|after|caused by|off) ([a-z]+ )?(pulling|crawling|learning|falling|walking|climbing|rolling|banging|bumping|jabs?|needle|vaccination|injections?|heel prick|cannula|drip|blood test|forceps|ventouse|coffee|toy|rattle|his own|her own|the needle|the jab)( <any>(seen|table|went in|checked))?
			(jabs?|needle|vaccinations?|injections?|heel prick|cannula|blood test|forceps|ventouse) ([a-z,]+ ){0,6}(bruise|bruises|bruising|mark|marks)( on (his|her) [a-z]+)?`),
		mask(harmless, "asking what the team will tell", `
			(do|will|would|can|could|are) you ([a-z]+ )?(tell|telling|call|contact|inform|report to|share with|ring) (the )?(social services|social|police|social worker|my husband|my partner|my gp)`),
		mask(harmless, "idiom of killing", `
			(could|would|could have|would have|id|i could|could just|i would|wanted to|want to|going to|will|ll|gonna|shell|hell) (absolutely |happily |honestly |literally )?(murder|kill) (for )?(a|an|some|one|my|that) ([a-z]+ )*?(tea|nap|sleep|coffee|curry|pizza|drink|chocolate|wine|sandwich|takeaway|kebab|brew|cup|cuppa|bath|shower|lie in|night|break|burger|cake|hug|rest)
			(kill|murder|killed|killing) (for|the (mood|time|vibe|pain)) | kill(s|ing)? time | blue murder
			(was|is|were|be|been|sheer|absolute|pure) (absolute |sheer |pure |a )?murder | bloody murder
			getting away with murder | murder mystery
			(film|book|programme|series|podcast|documentary|drama|story|novel) ([a-z]+ ){0,2}(murders?|suicide|killers?|killing|domestic abuse|domestic violence)`),
		mask(harmless, "idiom of killing", `
			([a-z]+s|is|are|was|were|be|been|its|starts|feet|back|feeding|pump|stitches) (absolutely |literally |really |just |actually )?(killing|kills|killed|killin) (me|us|her|my (back|feet|arms|nipples|boobs|knees|head|sleep))( (with|at|today|right now))?
			(my|the) (mum|mam|boss|dad|mother|sister|husband|partner|health visitor|nan) (will|would|is going to|ll|going to) (kill|murder|strangle) me( (for|when))?
			kill (him|her|them|my (husband|partner|brother|mum|sister)) for (leaving|forgetting|not|being|waking|eating|losing|buying|snoring|spending)
			(killing|smashing|slaying|nailing) it | kill two birds | dressed to kill | killer (heels|instinct)
			curiosity killed | (doesnt|wont|didnt|wouldnt|not going to) kill (me|him|us|her|them|you|anyone)`),
		mask(harmless, "idiom of dying", `
			(die|dying|died|dies) (for|of|from|with|to) (a |an |the |some |my )?(full|good|night|nap|sleep|tea|coffee|cuppa|drink|bath|shower|wee|pee|break|rest|embarrassment|shame|laughter|laughing|boredom|heat|thirst|hunger|know|see|meet|hear|find|get|go|try|cold|curiosity|nerves|chocolate|cigarette|brew|lie|holiday|decent|hot|proper|hold)
			to die for
			(laughed|laughing|embarrassed|cried|bored|scared|frightened|tickled|love|loved|loves|sick|worried|bored|starving|starved|freezing|frozen|worked) (<it> |myself |me |you )?(so (hard|much) )?(i )?([a-z]+ )?(to death|half to death|nearly died|almost died|could have died|thought i would die)
			(nearly|almost|could have|just|practically|literally) died (of|with|laughing|when|at)
			dead (on my feet|tired|on time|end|line|pan|good|easy|nice|cute|proud|happy|set|sure|heading|slow|weight|pleased|excited|chuffed|sea|skin|arm|leg|battery|phone)
			(drop|brain|half|phone is|phones|battery is|gone|phone went) dead( gorgeous| good)?
			over my dead body
			(battery|phone|plant|plants|goldfish|hamster|cat|dog|fish|boiler|washing machine|car|sound|supply|milk|leg|arm) ([a-z]+ )?(died|dying|dead|is dead|went dead)
			die hard | old habits die | never say die
			(id|wed|i would|we would|shed|hed) (just |literally |probably |absolutely |honestly )*die (without|if (anyone|someone|he|she|they|my) (saw|found|knew|heard|sees|walked))`),
		mask(harmless, "idioms of violence", `
			shak(en|ing|y|e|es) (up|with|like|off|hands?|all over|from|(my|his|her|a|the) ([a-z]+ )?(head|hands?|rattle|legs?|leaf|bottle|toy|box|formula))( (nerves|cold|fever|adrenaline))?
			shook (my|his|her|their|the) (head|hands?|legs|bottle|rattle) | shook (up|hands) | hand ?shake
			protein shake | milk ?shake | shake (hands|off|his rattle|her rattle|the)
			hit (<it> )?(hard )?((all )?(his|her|their|its|the|a|my) ([a-z]+ )?(milestones?|targets?|roof|wall|peak|growth|shops|pub|snooze|sack|hay|road|jackpot|nail|limit|low|low point|brick wall|ground running|bottle|gym|spot|centile|head on the nail)|rock bottom|it off|home|by a wave|like a)
			(it|that|this|reality|grief|tiredness|hormones|guilt|realisation|what) (just |really |suddenly |has |only |all )*(hit|hits|struck|strikes) (me|us|her|home|him)
			strik(es|ing) (me|resemblance) | beat(s|ing)? (me|her|him|us) (at (scrabble|chess|cards|games?|everything|it)|to (it|the (last|punch|phone|loo|biscuits?|door)))
			beat (the|my|it|him at|yourself|myself up) | beating myself up
			beats? (myself|herself|himself|yourself) up
			kick(s|ed|ing)? (myself|herself|the habit|his legs|her legs|its legs|off|about|a ball|in)
			kick(s|ed|ing)? me ([a-z]+ ){0,4}(ribs?|inside|bump|belly|bladder|tummy|sleep|womb|uterus|scan|night)
			(cut|cuts|cutting) (me |him |her |myself |them )?(off|some slack|down|out|back|short|the cord|cord|his nails|her nails|his hair|her hair|my hair|my finger|his finger|a tooth|teeth|corners|through|up)
			cut (myself|himself|herself) (shaving|chopping|cooking|on|by accident|accidentally|some slack|off|while)
			(burn|burned|burnt|burning) (myself|himself|herself|his hand|my hand|her hand|my fingers?) ([a-z]+ )?(on|while|cooking|out|with the (kettle|oven|pan))
			burn(t|ed|ing)? out
			throw(s|n|ing)? (up|a party|a tantrum|(his|her|their|the|all) (toys?|food|dummy|bottle|ball|spoon|things)|in the towel|myself into|money|him off|me off|her off|a strop|a wobbly|a fit)
			thrown (up|off|in at) | threw (up|a|in the towel|his|her toys|her dummy|myself into|me off)
			drop(s|ped|ping)? (off|in|out|by|weight|everything|back|round|centiles?|two centiles|one feed|a (bottle|feed|size)|(his|her) (dummy|toys?|bottle|spoon|food)) | drop(s|ped|ping)? <it> (off (at|with|to|for|and|every|there)|at (nursery|school|his|her|my|nan|mum|the)|to (nursery|school|his|her|my|nan))
			smother(s|ed|ing)? (<it> )?(in|with) (kisses|love|cuddles|sudocrem|cream|affection) | bash (at|the)
			punch(ing)? (line|above)
			squeez(e|ed|ing) (him |her |it |them )?(in|tight with|my breast|my nipple|cuddle|past|a)
			drown(ing|ed)? (in|out) (washing|laundry|nappies|work|debt|paperwork|bills|guilt|housework)
			push(ed|es|ing)? me to (get|call|ring|see|seek|refer|self|contact|ask|come|go|do|apply|talk|make|keep|speak|fill|try)
			pushed ([a-z]+ ){0,2}for (hours|two|three|an) | attack of
			violent(ly)? (vomit[a-z]*|reflux|sick[a-z]*|cough[a-z]*) | (panic|anxiety|heart|asthma) attacks?
			snap(s|ped|ping)? (a photo|photos|pictures|back|at (my (partner|husband|mum)|people|everyone|him|my))
			strangling us
			(bills|mortgage|rent|debts|debt|anxiety|guilt) (is|are) (strangling|suffocating|killing|choking) (us|me)
			shot up | shoot up | blood ?bath | grab(bed|s)? me (a|some|my|the)
			(bites?|biting|bit|hurts?|hurting|pinch(es|ing)?|kicks?|hits?|slaps?|scratch(es)?|pulls) me ([a-z]+ )?(when|while|during|whilst) ((hes|shes|he is|she is|he|she|im|i|they) )?([a-z]+ )?(feed|feeds|feeding|latch|latches|latching|nurs[a-z]+|breastfeed[a-z]*|tired|having a tantrum|tantrum|cross|teething|asleep|excited|plays|playing|nappy)
			(suffocat|smother|strangl|chok|kill|squeez|crush|attack|hit|bit|pinch)(e|es|ed|ing|s|t)? (me|us|him|her|them|the baby) with (his |her |their |all |so much |so many )*(love|kindness|kisses|cuddles|affection|hugs|attention|cushions|pillows|balloons?|toys?)`),
		mask(harmless, "a child is the actor", `(toddler|<baby>|\d year old|\d yr old|brother|sister|cat|dog|sibling) (just |always |keeps |sometimes |often |has |also |accidentally |really |likes to |started |loves to |will |then )*(hits?|hitting|slaps?|kicks?|bites?|bit|scratched|pushed|pushes|punches|pinches|pulls|throws|threw|headbutts?|headbutted|smacks?) (me|us|mum|him|her|his|things|his sister|his brother|her brother|her sister|the (baby|cat|dog)|at)( (in the face|brother|sister))?
			(grab|grabs|grabbed|pulls?|pulling|grabbing) my (hair|finger|face|nose|glasses|necklace|earrings?|top|lips?|beard)`),
		mask(harmless, "accidents and knocks", `
			(he|baby|son|boy|toddler|and|has|had|just|who) <knocked> (his|its) (own )?<part>
			(she|baby|daughter|girl|toddler|and|has|had|just|who) <knocked> (her|its) (own )?<part>
			(they|lo) <knocked> their (own )?<part> | i <knocked> my (own )?<part>
			by (accident|mistake)
			accidental(ly)? <any>(hit|dropped|scratched|hurt|caught|knocked|bumped|trapped|banged|poked|cut|bruised|smacked) <any>[a-z]+
			(fell|rolled|fallen|rolling) off (the|our|my) (bed|sofa|changing|settee)
			(dropped|caught|scratched|bumped|knocked|hurt|hit|smacked|poked) (<it>|his|her) ([a-z]+ )?(by accident|accidentally|by mistake|on the table|with my (phone|nail|ring))
			(worried|scared|afraid|terrified|nervous|anxious|fear|frightened) (about|of|that|i|ill|i might|i will|im going to)* ?(drop|dropping) (him|her|the baby|my baby|baby) (when|while|whilst|in the bath|because|as)( i)?( (carry|carrying|hold|walk|go|am|bath))?
			in case i (drop|hurt|break|scald|squash|trap) (him|her|the baby|baby)
			(hurt|hurting|drop|dropping|pinch|pinching|scratch|scratching|squash|squashing|break|breaking) <it> (when|while|whilst|if|as) (i |im |i am |we )?(idiom|change|changing|dress|dressing|lift|lifting|wind|winding|burp|burping|latch|trim|trimming|clip|clipping)
			let(ting)? <it> fall (asleep|over|behind) | (trim|trimming|clip|clipping|cut|cutting) (his|her|the|their) ([a-z]+ )?nails`),
		mask(harmless, "birth stories and neonatal care", `
			(born|came out|delivered|arrived|pulled out) (and (he|she) )?(was |were |all |very |a bit |completely |not |wasnt |werent |prem |early |by [a-z]+ )*(floppy|blue|limp|breathing|grey|purple|unresponsive|pale|lifeless|sleeping|flat)( and (floppy|blue|limp|not breathing|needed|wasnt breathing|unresponsive))?
			(wasnt|not|isnt|stopped|werent|didnt|floppy|blue|unconscious|lost consciousness|unresponsive|limp|had a seizure|fitting|struggling) (and )?(breathing |breathe |crying |cry |responding )?(properly )?(when (he|she|they|i) (was|were|came|arrived|gave) <any>(born|out|birth|delivered|theatre)?|at (birth|delivery|first)|after (birth|delivery|he was born|she was born|the birth)|during (the |my )?(birth|labour|delivery|section|c section)|in (labour|theatre|nicu|scbu|neonatal|hospital|delivery))
			cord ([a-z]+ ){0,3}(neck|throat)
			(thought|think|convinced|scared|worried) (that )?(we|i|he|she|they|baby|id|hed|shed) ([a-z]+ ){0,3}(was|were|would|going to|both) (going to |both |about to |both going to )*(die|dying|dead|lose)( (in|during) (labour|theatre|birth|the))?
			choking on (reflux|milk|mucus|her milk|his milk)
			bled (heavily |a lot )?(after|during) (the )?(birth|delivery|section)
			(bleeding|haemorrhage|haemorrhaging) (heavily )?(after|during) (the )?(birth|delivery|section|labour)
			(stopped|not|wasnt|stop) breathing <any>(at birth|after birth|at delivery|when born)
			(felt|thought|feel|feeling) (like |that )?(i|we) (was|were|am) (going to die|dying|going to lose [a-z]+) <any>(during|in|when|after|on) <any>(birth|labour|haemorrhage|theatre|section|delivery|bleed|operating)
			(labour|birth|section|theatre|delivery|haemorrhage|bled|forceps|contractions) <far>(thought|felt|sure|convinced|feared) (that |like )?(i|we|id|wed|he|she|hed|shed|baby) <any>(die|dying|dead|died)`),
		mask(harmless, "worry about cot death", `
			(worry|worried|worries|scared|check|checking|checks|afraid|fear|frightened|terrified|anxious|panic|panicking|anxiety|paranoid|convinced|dream|nightmares?|what if|in case|obsess[a-z]+) (about |that |if |of |is |and |keep |in case |whether )*(he|she|hes|shes|hell|shell|baby|my baby|the baby|they|him|her|sids|cot death) ?(will |might |was |has |would |going to |could |may |just |is |ll )*(stops?|stopping|dies?|dying|chokes?|choking|dead|suffocates?|sids|cot death)( breathing)?( (in (his|her|their) (sleep|cot)|on (his|her) (food|milk)|at night|overnight))?
			(cot death|sids)
			(choked|choking|chokes) on (some |a |an |his |her |the )?(toast|food|grape|milk|bottle|feed|banana|finger food)
			(still|hes|shes|is|are) breathing | breathing (monitor|exercises|technique|techniques|space)
			(dream|dreams|dreamt|nightmare|nightmares|worry|scared|afraid|check|fear|think|thought|panic|convinced|anxious|worried|checking) (that |about )?(he|she|hes|shes|hell|shell|my baby|the baby|baby|him|her) (is |was |will |might |could |has |had |would |going to |not )*(dies|die|dying|dead|died|death)
			(hes|shes|he is|she is|baby is) (not )?(dead|still breathing|alive) (every|in the|at|all|when|overnight)( [a-z]+)?`),
		mask(harmless, "loss and bereavement: grief, not risk", `
			(lost|losing|loss of|lose|grieving|bereaved|death of|funeral of) ([a-z]+ ){0,4}(to (suicide|cancer|covid)|by suicide|suicide)
			(bereaved|bereavement) by suicide
			(my|her|his|our|their|a|mums|whose|maternal|paternal|best|old) (own |late |best |older |younger |twin |birth |maternal |paternal )*(mum|mam|dad|father|mother|brother|sister|uncle|aunt|auntie|cousin|friend|nan|nana|gran|grandma|grandad|granddad|grandfather|grandmother|colleague|neighbour|stepdad|ex|husband|mine|parent|partner|best mate|mate) (of mine )?(had |sadly |has |also )*(died|killed (him|her|them)sel(f|ves)|took (his|her|their) (own )?life|committed suicide|hung himself|hanged himself|hanged herself|ended (his|her|their) (own )?life|died by suicide|passed|overdosed|drowned|was murdered)( (by|from|of) (suicide|an overdose|overdose))?
			suicide prevention
			(suicide|domestic abuse|domestic violence|mental health) (training|awareness|worker|charity|helpline|campaign|course|nurse|team|conference)
			(work|worked|volunteer|working|training|job) ([a-z]+ ){0,4}(refuge|womens aid|samaritans|domestic abuse|domestic violence|suicide|marac)
			(death|deaths|dying|died|dies) of (my|her|his|a|our|the) [a-z]+
			(my|her|his|the|our|their) ([a-z]+s) death
			(cot|sudden infant|neonatal|fear of|afraid of|scared of|infant|baby|babys) death
			(stillbirth|miscarriage|bereavement|loss|grief) <any>death`),
		mask(harmless, "a place, a street, a name", `
			(bridge|tower|cliff|knife|railway|station|roof) (road|street|lane|avenue|close|drive|court|house|surgery|cottage|farm|end|way|terrace|gardens|primary)
			\d+ [a-z]+ (bridge|cliff) | da (silva|costa|cruz|souza|sousa|rocha|luz|conceicao) | (mr|mrs|miss|ms|dr) [a-z]+`),
		mask(harmless, "fond names", `
			(little|cheeky|right|proper|such a|bit of a|wee|tiny|absolute|hungry|milk) (little |bit of a |cheeky |old )*(devil|demon|monster|monkey|terror|imp|horror|witch|ghost|alien|evil genius|psycho)
			(devil|demon) (for|at) (the |bed|bath|nappy|meal) | speak of the devil | devils? (advocate|food)
			(a )?possessed (when|at)  | evil (eye|stare|look|genius) | necessary evil | evils | holy spirit
			baby alien | monsters? | wits end`),
		mask(harmless, "homely voices and powers", `
			(our|your|mummys|daddys|raised|familiar|different|parents|loud|raise|silly|funny|singing) voices?
			voices? (from|through|of|on|over|outside|next door|note|notes|mail|message|messages|recording|down|on the)
			(hear|hearing|hears|heard) (the )?(neighbours|upstairs|next door|phantom|him crying|her crying|crying|baby crying)
			paranoid about (germs|cot|sids|everything|him|her|what people|choking|illness|weight|temperature|sleep|covid)
			manic (week|day|few|morning|time|household|here|at|since) | been manic | its manic
			(baby|film) monitor | radio (1|2|4|one|two|four)
			god (bless|knows|help|forbid|willing|awful|sent|mother|father|parents|son|daughter) | thank god
			oh my god
			(feels?|felt|feeling|seems|seemed) ([a-z]+ )?(like|as if|as though) ((he|she|hes|shes|it|the baby|my baby|baby|they) )(isnt|is not|wasnt|not|arent) (really )?(my|mine)( (own|baby|child))*
			(feels?|felt|feeling|seems|seemed) ([a-z]+ )?(like|as if|as though) <many>(someone|somebody|another womans|a strangers) ?(elses?)?( (baby|child))?
			(dont|doesnt|didnt|not) feel( like)? ((he|she|hes|shes|it|im|i am) (is|was) )?(my|mine|hers?)( (baby|own))?
			feel(ing)? like a (robot|zombie|witch|monster|cow|alien|stranger|clone|failure)`),
		mask(harmless, "fits that are not fits", `
			fit(s|ting)? (into|well|everything|as a|in (with|well|at)|of (giggles|laughter|tears|rage|hiccups)|for|and (well|healthy)) | fitting in
			(had|has had|having had) (a )?(febrile )?(fit|fits|seizure|seizures|convulsion|convulsions) ([a-z]+ ){0,4}(last|ago|once|as a|when|in)
			(isnt|not|doesnt|dont) fitting | (car seat|carpet|kitchen|boiler|clothes|bra|coil) fitting
			throw(s|ing)? a fit
			floppy (hat|ears|bunny|when (he|hes|she|shes) (is )?(asleep|sleepy|tired|sleeping)|in my arms)
			floppy larynx
			(eyes|clothes|outfit|hat|blanket|room|pram|light|coat|baby|babygrow|feeling) (is |are |are so |so )?blue
			blue (eyes|eyed|badge|light|book|bottle|babygrow|blanket|room|baby grow) | feeling blue | baby blues
			the blues | out of the blue`),
		mask(harmless, "not here, but elsewhere", `
			(dont|do not|doesnt|not|didnt) (really )?want to be here (for (the )?(summer|winter|school|holidays|long)|in essex|until|at (my|the)|when (the|you|they)|during|forever)
			(dont|doesnt|do not) want to live (in (a|the|my|our|essex|london|his|her)|here|with (my|his|her|him|mum|them)|near|at|there|so far|this far|together|apart)
			(wont|not) be here (on (monday|tuesday|wednesday|thursday|friday)|monday|tuesday|wednesday|thursday|friday|until|for the (appointment|visit|call)|when you)
			(when|once|while|if) (im|i am|ive|i|shes|hes) (gone|not here|not around) (at|to|back to|out|shopping|away|too long|from) ([a-z]+)?
			gone (to|back to|at) (work|bed|the|sleep|school|nursery) | (said|saying|say) goodbye (to|at)
			(had|done) (enough|with) (of )?(breast ?feeding|expressing|pumping|people|advice|nappies|night|work|the|nursery|being told|his family|waiting)
			i ?(am|m)? ?done with (breast|expressing|pumping|work|having|being|the|his|nappies|babies)
			hopeless (at|with|case|romantic) | (sleep|slept) for (a |an |days|weeks|a week|a year|hours|a month)
			could sleep forever
			want (the |this |his |her |my )?(crying|noise|screaming|reflux|colic|night feeds|bleeding|itching|nausea|sickness|breastfeeding|hiccups|it hurting) to (stop|end|be over|go away)
			(labour|pregnancy|birth|winter|covid|lockdown|maternity leave|teething|week|day|it|this week|today) to be over
			the point (in|of) (the|expressing|pumping|routine|weaning|swaddling|buying|this form|health)
			(want|wanted|need) (it|this|everything) to (stop|end) (itching|hurting|leaking)
			go on (maternity|holiday|to |a |about|leave)( [a-z]+)?
			carry on (breast|expressing|pumping|feeding|with the|working|at work)( [a-z]+)?
			(disappear|vanish|escape|run away|hide|switch off|shut down|be gone) (in|into|to|under|off to|on|for|off for|down) (a|an|the|my|some|one|two|five|ten|half) ([a-z]+ ){0,2}(bath|holiday|bed|book|hour|hours|day|weekend|spa|beach|sofa|week|while|bit|cinema|duvet|minute|minutes|shower|garden|shop|shops|pub|island|afternoon|evening|night|moment|cottage|hotel)
			(take|cope with|stand|do|bear|have|face) any more of (this|the|that|these|his|her|my|those) ([a-z]+ )?(rain|weather|heat|noise|traffic|mess|cold|snow|telly|advice|visitors?|housework|diy|building|work|works|feeding|pumping|washing|cartoons?|songs?|paperwork|forms?|drilling|music|cooking|food)
			(catch|catching|get|getting|take|taking) the (bus|train) (to|home|into|from|back|in|at|with|there|number|on|every|because|instead|and|for|today|again|round|over)`),
		mask(harmless, "a baby is the subject", `
			(he|she|baby|hes|shes|<baby>) (just |really |still )*(wont|doesnt|never|didnt|dont|wouldnt|not) (let|lets|letting|allow) (me|us|mum|anyone) (to )?(put|sleep|eat|feed|change|brush|cuddle|hold|go to the (loo|toilet)|pick|sit|dress|comfort|leave the room without|touch|nap|have a (shower|wash|bath|break|wee|cuddle|minute|nap)|shower|rest|cut|wipe|bath|bathe|clean|out of (his|her) sight)( (him|her|it|down))?
			(phone|photos|pictures) <any>(look for|for) (photos|pictures)
			checks? (my|her) (phone|blood|stitches|temperature|bp|pulse|weight|iron|pad) (for|when i ask|if i ask|levels?|pressure)
			(control|controls|controlled|controlling) ([a-z]+ ){0,2}(diabetes|diet|asthma|epilepsy|weight|reflux|bladder|thyroid|blood|pain|anxiety|medication|temperature|heating|tv|remote|crying|breathing|symptoms|emotions|anger)
			pelvic floor control | birth control
			scared of (being|hurting his feelings|holding|dropping|breaking|losing|the|labour|giving|leaving|doing|failing|him (getting|dying|being|choking|waking|falling))
			(reads?|reading|tracks?|tracking) (my|her) (body|cycle|period|sleep|feeds|baby)
			perpetrator of none`),
	}
})

// riskSpelling puts right the spellings people use in a hurry. Every word is one word:
// what is written apart is a mask.
var riskSpelling = spellings(map[string]string{
	"domesticabuse":  "dv dva ipv",
	"suicidal":       "sucidal suicidle suicidial suicidel suisidal suicdal suicical suacidal siucidal suicidall suiciadal suecidal sueicidal suididal suicial sucicidal suicidals sewercidal",
	"overdoses":      "ods",
	"suicide":        "sucide suiside suicde suicid siucide suacide sucicide suecide suside su1cide sui suicides sewerslide sewercide scide scuicide",
	"kill":           "kil kll kiil k1ll klil",
	"killing":        "kiling killin killng kiiling klling",
	"killed":         "kiled killd",
	"die":            "dieing d1e",
	"dying":          "dyin diying",
	"dead":           "ded deid",
	"myself":         "myslef mysel myelf mysellf mself myselve misself mysef myselff meself msyelf maself myslf",
	"himself":        "hisself himslef",
	"herself":        "herslef",
	"hurt":           "hurtt hrut hert hirt",
	"hurting":        "hurtin hurtting hurtng",
	"harm":           "harme harn",
	"harming":        "harmin haming",
	"selfharm":       "selfharming selfharmed selfharms selfhamr",
	"cutting":        "cuting cuttin",
	"strangled":      "strangeled strangld strangeld strangulated stangled straggled",
	"choked":         "chocked choaked",
	"choking":        "chocking chokin choaking",
	"hit":            "hitted hited",
	"hits":           "hitts",
	"hitting":        "hittin hiting",
	"slapped":        "slaped slappd slapt",
	"pushed":         "pushd pusht puched",
	"punched":        "punchd",
	"kicked":         "kickd",
	"smacked":        "smaked smackd",
	"shook":          "shoock shooked shaked shuk shuck",
	"shake":          "shak",
	"smother":        "smuther",
	"suffocate":      "sufocate suffacate suffercate suficate suffocat",
	"suffocating":    "sufocating suffacating suffercating",
	"threw":          "threwed throwed",
	"dropping":       "droping",
	"dropped":        "droped",
	"throwing":       "throwin",
	"stab":           "stabb",
	"stabbing":       "stabing",
	"drown":          "droun",
	"violent":        "violant vilent violant voilent violint vilont",
	"violence":       "violance voilence",
	"abusive":        "abusiv abussive",
	"controlling":    "controling contolling controlin controllin",
	"threatened":     "threatend thretened threatned",
	"threatening":    "threatning threatining thretening threating",
	"threatens":      "thretens",
	"frightened":     "frightend frigtened frightned",
	"scared":         "scard scarred sacred scaird",
	"afraid":         "affraid afriad afraids",
	"terrified":      "terified terrefied",
	"knife":          "nife knif",
	"breathing":      "breething brething breathin braething beathing breating",
	"breathe":        "breath brethe breeth",
	"unconscious":    "unconcious unconsious uncoscious",
	"unresponsive":   "unresposive",
	"seizure":        "siezure seizuer seisure",
	"floppy":         "flopy",
	"voices":         "voises woices vioces voces voiceses",
	"voice":          "voise",
	"hearing":        "hearin heering",
	"demon":          "deamon demond",
	"demons":         "deamons",
	"possessed":      "posessed possesed posesed",
	"hallucinating":  "halucinating hallucinatin",
	"hallucinations": "halucinations hallusinations",
	"psychosis":      "pyschosis psycosis phsycosis psichosis",
	"psychotic":      "pyschotic psycotic",
	"overdose":       "ovredose overdoze overdoese",
	"tablets":        "tablet tabletts tabs tablits",
	"pills":          "pils pill",
	"paracetamol":    "paracetomol paracetamols parecetamol paracetemol",
	"hopeless":       "hopless hopeles",
	"burden":         "burdon berden burdun",
	"disappear":      "dissapear disapear dissappear",
	"pointless":      "pointles",
	"worthless":      "worthles wothless",
	"thinking":       "thinkin thinkng thinkig",
	"thought":        "thort thot thougt",
	"thoughts":       "thorts thougts thougths",
	"nothing":        "nothin nuthin nuffin nuthing nowt",
	"anything":       "anythin anyfing",
	"something":      "somethin somfing summat",
	"better":         "beter bettr",
	"without":        "withot withou witout wivout",
	"want":           "wnt wanr",
	"cant":           "carnt cnt caint kant",
	"dont":           "dnt dony",
	"couldnt":        "cudnt couldn",
	"wouldnt":        "wudnt",
	"isnt":           "isn aint",
	"because":        "becuase becos bcos bc bcoz becoz cause beacuse",
	"baby":           "babby babie bby babi bubba bubs babey bebe babys",
	"partner":        "patner partener parnter",
	"husband":        "husbend husban husbnd hubby",
	"boyfriend":      "boyfreind bf",
	"police":         "polise plice",
	"please":         "pls plz pleese plese",
	"help":           "hlep helpp",
	"you":            "u",
	"are":            "r",
	"going":          "goin",
	"anymore":        "anymor",
	"alone":          "alon",
	"living":         "livin",
	"always":         "allways alway",
	"through":        "thru",
	"tonight":        "tonite 2nite",
	"tomorrow":       "tommorow tomorow 2moro",
	"really":         "realy rly",
	"just":           "jus jst",
	"with":           "wiv",
	"evil":           "evel",
	"drunk":          "drnk",
	"their":          "thier",
	"them":           "em",
	"child":          "chld",
	"mother":         "mothr",
	"kill myself":    "killmyself kilmyself",
	"hurt myself":    "hurtmyself",
	"better off":     "betteroff",
	"want to die":    "wanttodie",
	"having":         "havin avin",
	"doesnt":         "dosent dosnt doesent dsnt doesn",
	"about":          "bout abt",
	"what":           "wot wat",
	"when":           "wen",
	"was":            "woz wos",
	"would":          "wud wuld",
	"could":          "cud culd",
	"should":         "shud",
	"have":           "hav av",
	"know":           "kno",
	"and":            "nd n",
	"strange":        "wierd weird",
	"different":      "diffrent diferent",
	"leave":          "leve",
	"life":           "lyf lyfe lfie",
	"love":           "luv",
	"said":           "sed",
	"swapped":        "swoped swopped swaped",
	"screaming":      "screamin skreaming",
	"hospital":       "hosp hospitle",
	"ambulance":      "ambulence ambalance ambo",
	"bruises":        "brusies brusis brooses bruses",
	"forever":        "4eva 4ever foreva",
	"before":         "b4",
	"thinks":         "finks",
	"think":          "fink thnk",
	"brother":        "bruv",
	"taking":         "takin",
	"feeling":        "feelin",
	"working":        "workin",
	"watching":       "watchin",
	"right now":      "rn",
	"chuck":          "chuk chucc",
	"thrown":         "thrun",
	"stopped":        "stopt stopd stoped",
	"found":          "fownd",
	"bridge":         "brige bridg brigde",
	"everyone":       "evry1 every1 evryone evry1s",
	"someone":        "sumone sum1 some1 somone",
	"nobody":         "no1 noone nobdy",
	"ending":         "endin",
	"sorry":          "sory soz",
	"tell":           "tel",
	"window":         "windo",
	"world":          "wrld",
	"single":         "singel",
	"be":             "b",
	"want to":        "wan wna",
	"air":            "aer",
	"face":           "fase",
})

func spellings(right map[string]string) map[string]string {
	of := map[string]string{}
	for word, wrong := range right {
		for _, w := range strings.Fields(wrong) {
			of[w] = word
		}
	}
	return of
}
