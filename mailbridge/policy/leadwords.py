"""Words by what they are about, in plain letters and in six languages at once: what `likeness.py` tells passages by.

A word may be about several things. "*" stands for any ending. Names no services but by how they begin; finds nothing.
"""

from functools import cache

from mailbridge.policy.folding import SHORTEST

#: what words are about
ABOUT = {
    "reach": """
        anmail* answer* antwort* cause* chat* comunic* contact* contatt* contest* dm drop ecri* erreich* escrib*
        gada* habl* hit hold joign* joind* kontakt* lap* line meld* messag* napisz* odezw* parl* ping pisac
        pisz* pm pogad* porozmaw* raggiung* reach* reden repond* respond* risent* rispond* rozmaw* schreib*
        scriv* senti* skontakt* speak* sprech* talk* text* touch write* zagad* zlap*
    """,
    "call": """
        anruf* appel* auricular* bell bimmel* buzz* call* chiam* combine compon* compos* cornett* descuelg*
        dial* dryn* durchklingel* durchruf* dzwon* handset hore* klingel* llam* marc* phone* przedzwo* ring*
        ruf* slucha* sonn* squill* tel telefon* telephon* tinkle toque vive voce voice* voz wahl* wykre* zadzwo*
    """,
    "search": """
        browse* busc* busqu* cerc* cherch* digit* eingeb* eintipp* encontr* encuentr* enter* find* geben gib
        googl* hunt* look* pon pones ponga pop poszuk* recherch* retrouv* search* such* szuka* tape* teclea*
        tipp* trouv* trov* type* typing wklep* wpis* wygoogl* wyszuk* znajd* znale*
    """,
    "add": """
        add* aggiung* agreg* ajout* anad* beitret* dodaj* dolacz* folg* follow* friend* hinzufug* join* obserw*
        rejoin* segui* sigu* subscrib* suis suiv* unet* unisc* zaprasz* zapros*
    """,
    "give": """
        da daj* dame dammi deja* dia diga* dime dimmi dis dites donn* echang* exchange* facilit* gib* give*
        hinterlass* intercamb* laiss* lasci* lass* leave* let nenn* pasa* pass* poda podac podaj* podasz
        powiedz* przekaz* sag* scambi* share* swap* tausch* tell* verrat* wymien* zostaw*
    """,
    "meet": """
        abhol* besuch* busso* collect* come* drive* incontr* knock komm* meet* odbior* pasa* pass* pick* podjed*
        pop przyjed* qued* recog* rencontr* retrouv* ritir* round spotk* treff* umow* vedi* ven vene* venga
        vien* visit* vorbei* wpad* zajrz*
    """,
    "number": """
        cell* chiffr* cifr* coordonn* cyfr* digits draht durchwahl* handy* komork* ligne* mobile* movil* namiar*
        number* numer* nummer* phone* portable* prefij* recapit* rufnumm* tel telefon* telephon* vorwahl*
        whatsapp ziffer*
    """,
    "mailbox": """
        address* adres* boite* briefkast* buzon* casell* correo* courriel* direccion* electronic* electroniq*
        elektron* elettron* email* gmail hotmail icloud inbox* indirizz* mail* mejl* mel outlook poczt* post
        posta postbox postfach* proton* skrzynk* yahoo
    """,
    "app": """
        apk* aplicaci* aplik* app* canal* chaine* channel* chat* czat* group* grup* kanal* komunikat* media
        mensaj* messageri* messagg* messeng* network* netzwerk* page* pagin* perfil* portal* profil* red redes
        reseau* rete seite* social* spoleczn* stories story stron*
    """,
    "site": """
        adresszeil* barra barre boutique* browser* buscador* domain* domen* domini* engine homepage* hompag*
        internet* laden* ligne moteur motore navegador* navigat* negozi* netz onlin* pagin* pasek pasku
        przegladark* red rete shop* siec sieci site* sito sklep* stall startseite* store* suchmasch* tiend*
        toile url web* witryn* wyszukiwark*
    """,
    "elsewhere": """
        abseits ailleurs altr* ander* another aparte ausserhalb autre* away dehors drug* elsewhere fuera fuori
        hors indziej inn* obok off other* otr* outside poza tamt* vorbei
    """,
    "name": """
        account alias appel* benutzer* called compte* cuenta* etiquet* handle* heis* identif* known kont konta
        konto ksyw* kurzel llamo login* mote name* nazw* nick* nom* nutzer* pseudo* soprannom* tag user* usuari*
        utente* uzytk*
    """,
    "same": """
        come comme como exactly genau gleich* identical igual* jak like meme* mism* pareil* sam* selb* stess*
        tak* tutaj ugual* wie
    """,
    "here": """
        aqui automat* bot filter* filtr* here hier ici inbox intermedi* loro marketplace middleman mittelsmann
        moderat* oni pagin* piattaform* plataform* plateforme* platform* plattform* portal* posrednik* qui
        robot* seite* serwis* sistem* site* sito system* them they tu tutaj vermittler* watch*
    """,
    "fee": """
        abzug* anteil* charge* cobr* comision* commission* cut fee* frais gastos gebuhr* middleman oplat*
        percent* pobier* porcent* pourcent* prelev* procent* provision* prowizj* prozent* quota tasa* tax*
        trattenut*
    """,
    "cheaper": """
        abbass* ahorr* baiss* barat* better billig* cheaper cher chere deal descuent* discount* dych* economis*
        gunstig* knock* lepsz* less lower mejor meno menos miglior* mniej moins nachlass* oszczed* preiswert*
        quid rabat* rebaj* remise* risparm* save* saving* scont* spar* spuszcz* taniej tansz* tenner weniger
        zejd*
    """,
    "cash": """
        banconot* banknot* bar bargeld billet* bills bust* carta cash contant* efectivo envelope* enveloppe*
        espece* folding gotow* hand kasa kase kaska kopert* kralle lapy liquide main mano metalic* notes paper
        reki scheine sobre* soldi umschlag* wad
    """,
    "pay": """
        abon* accont* acompt* anzahl* argent* begleich* bonific* deposit* dinero geld ingres* money pag* paid
        pay* pieniadz* plac* przele* regl* rozlicz* rzuc* sald* senal* send* settle* soldi transfer* uberweis*
        vers* virement* wire* wplac* wplat* zahl* zaplac*
    """,
    "bank": """
        account* banca banco* bank* banque* bitcoin* bizum blik cadeau* coin* compte* conto cript* crypto*
        cuenta* doladow* geldbors* geschenk* gift guthaben* iban kont konta konto kontonumm* krypt* moned*
        monet* monnai* munz* paypal podarunk* portafogl* portefeuill* portfel* postepay rachun* recharg* regalo
        revolut rib ricaric* scratch* sort tarjet* voucher* wallet* zdrapk*
    """,
    "cancel": """
        achet* annul* anul* basket boton* bouton* button buy cancel* carrell* cest* checkout clic* cliqu* compr*
        druck* kauf* klick* klik* knopf koszyk* kup kupuj* panier* prem* press* przycisk* puls* rezygn*
        stornier* tasto undo warenkorb* withdraw* wycof*
    """,
    "direct": """
        between bezposred* cicho czlowiek* direct* direkt* dirett* discreet* entre humain* human ludzk* mensch*
        miedzy noi normal normaln* nosotros nous osobis* ourselves particular* people person* priv* prywat*
        quiet* tra uman* uns unter
    """,
    "friend": """
        ami amic* amig* amis bekannt* famigl* famil* freund* friend* gift mate mates parent* proche* przyjac*
        regalo rodzin* znajom*
    """,
    "paper": """
        adesiv* albaran* aufkleb* autocoll* beleg* bigliett* bild* boite* bolla bon box bus busa caja* camion*
        card* carte* carton* colis depliant* etichett* etikett* etiquet* etykiet* factur* faktur* fattur* flyer*
        follet* fotk* foto* furgon* invoice* karte* karton* label* leaflet* lieferschein* list metk* naklejk*
        pacc* package* paczk* paket* paquet* paragon* parcel* pegatin* photo* picture* pudelk* receipt*
        rechnung* recib* scatol* schachtel* scontrin* slip sticker* tag tarjet* ticket* transporter* ulotk* van
        volantin* wizytowk* zdjeci* zettel*
    """,
    "read": """
        acertij* add addier* adivin* anein* anfang* attacc* backward* bez buchstab* cada cambi* capital* chaque
        chiav* cifre clue* co code* codic* coll* compt* conta* contrar* count* cuent* cyfer* cyfr* czyta*
        deciph* decod* descifr* devin* digit* dodaj* dreh* drop druga duz* enigm* enlev* ensembl* entschluss*
        envers ersetz* erst* every figure* fila first gir* gros* hintereinander ignore* indovin* inicial*
        initial* inizial* insiem* instead jed* join* junt* key* klucz kolej* leave lee* legg* lesen letra*
        letter* lettre* licz* lies* lieu lire lis* liter* maiuscol* majuscul* mayuscul* minus odczyt* odejm*
        odwroc* ogni ohne orden* order ordin* ordre peg* pierwsz* plus polacz* policz* pomin* posto premier*
        prim* przeczyt* puzzle* quers* quit* ratsel* razem read* reih* remplac* replace* retourn* revers* reves
        riddle* rovesci* row rozkod* ruckwart* rzad* rzedzie sans second seguid* senza sequence sin sklej* somm*
        sostitu* spell* statt suite sum* swap* szyfr* take* together togl* turn* tyl* umdreh* unisc* vuelt*
        weglass* without wspak zagadk* zahl* zamiast zamien* ziffer* zloz* zusammen*
    """,
    "sign": """
        affe* almohadill* arobas* arrob* asteris* at barra bindestrich* cancellett* caracol* chiocciol* coma*
        comma* curl curly dash* diese dog dot escargot* espac* etoile* guion* gwiazdk* hash hyphen klammeraff*
        kolk* komma* kresk* kringel* kropk* leerzeich* lumac* malp* monkey mysln* odstep* ogonk* podkresl*
        podlog* point* przecin* punkt* puntin* punto* rabit* rond schnecke* schragstrich* slash slima* snail
        space* spacj* spazi* star stern* stop strich* tiret* trattin* ukosnik* underscore unterstrich* virgol*
        virgul* znacz*
    """,
    "guess": """
        adivin* capir* capisc* clever compren* denk* devin* domysl* entiend* errat* figure furb* get guess*
        hint* indovin* intend* kannst kapier* know* kuma* list* malin* meaning obviously pan pill* rat* rozumi*
        sabe sabes sai sais sapete savez schlau* sprytn* understand* verst* vois weisst weist wiadomo wiecie wiesz
        wink wissen work* zgad*
    """,
    "logo": """
        aeroplan* amarill* aparat* appareil* arancion* avion* azul azzurr* bird* blase* blau* bleu* blu blue
        bubble* bulle* burbuj* camar* camera* color* colour* dusz* dym* fantasm* fantom* fiolet* flieger* geist*
        gelb* gespenst* ghost* giall* globit* green grun* icon* ikon* jaune* kamera* lila logo macchinett*
        morad* naranj* niebiesk* nuvolett* oiseau* orange owl pajar* pink plane* pomarancz* ptak* ptasz* purple
        rosa rose rozow* samolo* symbol* uccell* verde vert* viola violet* vogel* yellow zielon* zolt*
    """,
    "order": """
        acab* after anfang* antes apres avant before begin* behind comincia* commenc* dahinter danach dann
        davanti davor debut delante derriere despues detras dietro dopo empiez* end* ensuite fin final fine
        finisc* finish* finit* followed front half halfte hinten inizi* koncow* konczy* koniec last luego medio
        meta mezzo middle milieu mitad mitte moitie najpierw nastep* next poczat* poi polow* potem prima
        principio przed puis srodk* start* termin* then vorne za zaczyn* zuerst
    """,
    "block": """
        allowed blocc* block* blok* bloqu* borr* cach* cancell* censor* censur* cenzur* cut delete* effac*
        elimin* escond* filter* forbid* geheim* gwiazdkuj* hidden hide* kasuj* losch* nascond* nascost* not
        remove* secret* segret* sperr* supprim* tajn* tap* ukry* usuw* verklausul* versteck* wycin* zensier*
    """,
    "self": """
        ci do i ich im io ja je ma me mein* mes mi mia mich miei mine mio mir mis mna mnie moi moj* mon my nam
        nas nasz* noi nos nosotros nostr* notre nous nuestr* our ours uns unser* us wir yo
    """,
    "you": """
        ci cie ciebie dein* dich dir du ihnen ihr ihre le lei pan* sie su sua suo sus ta te ti toi ton tu tua
        tuo tus twoj* usted* vi vos vostr* votre vous wam was you your yours
    """,
    "time": """
        abend* aujourd* czwart* day* demain dia* dienstag dimanche dni domani domenica domingo donnerstag dzis*
        evening* freitag friday giorn* giovedi godzin* heure* heute hora* hour* hoy jeudi jour* jueves jutro
        lundi lunedi lunes manana mardi martedi martes mercoledi mercredi miercoles mittwoch monday montag
        morgen morning* niedziel* oggi ore piat* poniedz* sabado sabato samedi samstag saturday semain* semana*
        sera settiman* sobot* soir* sonntag srod* sunday tag* tarde* thursday today tonight tuesday tydzien uhr
        vendredi venerdi viernes wednesday week* wieczor* woche* wtor*
    """,
    "delivery": """
        bestell* commande* consegn* corrier* courier* deliver* dispatch* dostaw* entreg* envi* expedi* kurier*
        liefer* livr* mensajer* nadan* order* ordin* pedido* przesylk* reparti* sendung* ship* spedi* track*
        transport* versand* verschick* wysyl* zamowien*
    """,
    "measure": """
        alt* anch* breit* cm dlugos* gewicht* gram* gros* haut* height hoch hohe* inch kg lang* larg* length
        litr* long* lung* mas* medid* mesur* misur* ml mm obwod peso poids rozmiar* size* szerok* taglia*
        taille* talla* volt waga waist watt width wymiar* wysok*
    """,
    "x": """
        anleitung* broken casse* defaut* defect* defekt* devol* difett* ersatz* garanti* garanzi* guarant*
        gwarancj* instrucc* instrukcj* istruz* kaputt* manual* napraw* notice* peknie* reembols* refund*
        rembours* repair* repar* replac* res* retour* return* rimbors* ripar* rot* ruckerstatt* ruckgab*
        sostitu* uszkodz* wad* warrant* wymian* zwrot*
    """,
    "stock": """
        angebot* annonce* anuncio* article* articol* articul* artikel* available cena ceny disponib* dostepn*
        inserzion* item* lager* left listing magazyn* magazzin* ofert* offer pezz* piece* precio* preis* prezz*
        price* prix sold stock stuck sztuk* unidad* verfugbar*
    """,
    "greet": """
        bitte bonjour buen* buongiorno cordial* danke* dear desol* dobry dziekuj* dzien entschuld* favor gentil*
        gracias grazi* gruss grusse* guten hallo hello hi hola liebe* merci perdon* please pozdraw* prego prosz*
        przepras* regards salud* salut* salve scus* sorry thank* witam
    """,
    "want": """
        can chcial* could easier einfach* facil* faster konn* latw* leicht* lieb* meglio mejor moze* plus poss*
        pouv* prefer* prefier* prima pued* quicker quier* rapid* rather schnell* szyb* veloc* vite* vorre*
        voudr* want* wol* would wurd* wygodn*
    """,
    "without": """
        aggir* ahorr* around avoid* besoin* bez bisogn* brauch* bypass* contourn* evit* falta hace leave need*
        nie obejd* ohne omin* pass* pominiemy salt* sans senza serve sin skip* spar* trzeba umgeh* unikn*
        vermeid* without
    """,
    "game": """
        acertij* adivin* devin* dzialan* enigm* game* gioc* gra graj* guess indovin* jeu jou* jueg* jug*
        krzyzow* mate math* play* quiz* ratsel* rebus* rechn* riddle* spiel* zabaw* zagadk*
    """,
    "service": """
        allegro amazon discord* ebay etsy faceb* fb ig insta instagr* kleinanz* leboncoin linkedin messen* olx
        pinterest shopify signal* skype* snap* subito telegra* tg threads tiktok* twitter viber* vinted vk
        wallapop wapp* wats* wechat whats* youtube
    """,
}
_LONGEST_STEM = 12


def about(word: str) -> tuple[str, ...]:
    """What this word in plain letters is about, sorted."""
    whole, stems = _index()
    found = set(whole.get(word, ()))
    for length in range(SHORTEST, min(len(word), _LONGEST_STEM) + 1):
        found.update(stems.get(word[:length], ()))
    return tuple(sorted(found))


@cache
def _index() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    whole: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for kind, words in ABOUT.items():
        for word in words.split():
            (stems if word.endswith("*") else whole).setdefault(word.rstrip("*"), set()).add(kind)
    return whole, stems
