/** Words of teams, roles, things and states, as desks write them: a value that holds one is a label rather than a person. Lower case. */
const TEXT = `
access account accounting accounts active activation ad admin administration administrator adobe agency agile ai air alert alerts all amazon america
americas analysis analytics android apac api app apple application applications apps architecture archive asia asset assets assignment audit
australia austria authentication automation aws azure back backend backoffice backup bank banking base basic batch benefits berlin bi billing
black board boston bot branch brand bug bugs build building business cable call calls campus canada cancel cancellation capacity car card care case
cat category center central centre change channel chat check china citrix claim claims client clients closed cloud code collection commerce
commercial communication community company compliance computer computing conference configuration connect connection console consulting contact
content contract control core corporate cost country crash creative crm customer customers cyber dach dashboard data database defect delivery
department deployment design desk desktop dev developer developers development device devices digital direct directory disk display distribution
division dns docs document documentation documents domain drive driver duplicate east ecommerce education electronic email emea emergency employee
endpoint energy engineer engineering enhancement enterprise environment equipment erp error escalation escalations essential europe europa event
events excel exchange executive expense express external facilities facility factory fax feature feedback field file files finance financial
firewall first fix fleet flight floor food france frankfurt free front frontend function functional general germany global gmbh gold google
government group groups guest hardware headset health healthcare help helpdesk high home hospital hotel house hq hr human hub identity implementation
import improvement inbound incident incidents india industrial information infra infrastructure inquiry installation insurance integration
integrations internal international internet inventory invoice invoicing ios ip it japan java job jobs key keyboard kit knowledge l1 l2 l3 lab laptop
latin law leadership leave legal level licence license licensing life line lines linux live loan local location log login logistics london low mac
machine mail main mainframe maintenance malware managed management manager manufacturing market marketing master material media medical medium
member members messaging microsoft middle migration mobile mobility mode model module monitor monitoring monthly mouse munich network networking new
next nord north notebook office offices onboarding online open operation operations operator ops oracle order orders other outage outbound outlook
outsourced pacific paris parking parts partner partners password patch payment payments payroll pc people performance permission permissions phone
phones plan planning plant platform platinum policy pool portal power preferred premium print printer printers printing priority pro problem process
procurement product production products professional program project projects property provider public purchase purchasing qa quality query question
queue rack real receiving reception record recovery recruiting red refund refunds region registration release remote renewal rental repair report
reporting reports request requests research reservation reset resolution resource resources response retail return returns revenue risk room router
routing safety sales sap satellite scanner school science screen sdk search second security self senior server servers service services session set
setup shared sharepoint shipping shop shopping site sites sla small smart social software solution solutions south spam specialist sql staff standard
status storage store stores strategic student studio subscription success supplier supply support switch system systems tablet tax team teams tech
technical technician technicians technology telecom telephony terminal test testing third tier token tool tools tracking trading training transfer
transport travel treasury trial triage type uk unassigned unit university unix unknown unspecified update upgrade us usa user users utilities utility
value vendor vendors version video vip virtual virus vm vmware voice voip vpn warehouse warranty web website west wifi wan lan window windows wireless word
work workflow workplace works workspace workstation world zone
abrechnung abteilung anfrage anwendung anwendungen arbeitsplatz auftrag ausland bestellung betrieb buchhaltung dienst drucker einkauf entwicklung
fachbereich fehler filiale gruppe hotline infrastruktur innendienst aussendienst kasse konto kunde kunden kundendienst kundenservice lager leitung
lieferant lizenz logistik marketing mitarbeiter netz netzwerk passwort personal produkt produktion rechnung rechnungswesen sicherheit stoerung
technik telefon verkauf vertrag vertrieb verwaltung wartung werk zahlung zentrale zugang
achat achats agence assistance atencion cliente clientes client commande commercial compras comptabilite contabilidad cuentas direccion equipo equipe
facturacion facturation gestion informatique informatica logistica logistique materiel mesa ayuda ayudas paiement pagos produit reseau red seguridad
securite servicio servicios soporte suporte tecnico technique vendas ventas vente assistenza clienti ordini rete sicurezza supporto vendite klantenservice
`;

export const LABEL_WORDS: ReadonlySet<string> = new Set(TEXT.split(/\s+/).filter((word) => word !== ''));

/** Words that sentences are made of and labels are not; articles and "of", "for", "and", "to" stand in labels too and count for less. */
export const SENTENCE_WORDS: ReadonlySet<string> = new Set(
  `i me my mine we us our you your he him his she her they them their it's is are was were be been am has have had does did do don't doesn't didn't can
cannot can't could couldn't would should won't will please thanks thank hello hi dear regards when because since after before again still already
then but so if that which who what why how there here asked called told mailed said got get gets tried trying needs wants
replaced rebooted restarted reinstalled fixed resolved reset reinstall informed contacted
ich wir mein meine unser sie ihr ihre bitte danke hallo ist sind war waren wurde wurden hat haben kann nicht kein keine wenn weil nach noch auch aber
dass wie warum hier dort
je nous mon ma notre vous votre est sont etait pas merci bonjour quand parce que avec mais
yo nosotros mi nuestro usted su es son era no gracias hola cuando porque pero`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Header words of columns that often hold people. They add suspicion, they never take any away. */
export const PERSON_HEADER =
  /(^|[^a-z])(members?|agents?|owners?|assignees?|assigned|names?|contacts?|callers?|requesters?|requestors?|reporters?|authors?|submitters?|users?|persons?|people|employees?|technicians?|engineers?|managers?|staff|by|who|customers?|clients?|bearbeiter|melder|kontakt|ansprechpartner|mitarbeiter|kunde|nom|nombre|nome|handlers?|resources?|operators?|analysts?|responsible|opened|resolver)([^a-z]|$)/;

/** Header words of columns that often hold prose: their values must repeat clearly to be labels. */
export const PROSE_HEADER =
  /(^|[^a-z])(subjects?|summary|titles?|descriptions?|comments?|notes?|details?|messages?|texts?|remarks?|reply|answers?|betreff|beschreibung|kommentar|bemerkung|sujet|asunto|oggetto)([^a-z]|$)/;
