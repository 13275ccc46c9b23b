import type { CHANNELS, STATUSES, TICKET_TYPES } from '../../../src/domain/telemetry.ts';
import { foldAccents } from './foreign-words.ts';
import { type Phrase, phrasesOf, readValue, wordsOf } from './read-words.ts';

type Status = (typeof STATUSES)[number];
type Channel = (typeof CHANNELS)[number];
type TicketType = (typeof TICKET_TYPES)[number];

const CUSTOMER = [
  'customer',
  'user',
  'client',
  'caller',
  'requester',
  'requestor',
  'reporter',
  'end user',
  'submitter',
];
/** How the six other languages of desks call them; the words of values are compared without accents. */
const CUSTOMER_TOO = [
  ...['kunde', 'kunden', 'kundin', 'anwender', 'melder', 'client', 'demandeur', 'utilisateur', 'cliente', 'usuario'],
  ...['solicitante', 'utente', 'richiedente', 'klant', 'gebruiker', 'aanvrager'],
];
const WAITS_TOO = [
  ...['wartet auf', 'warten auf', 'warte auf', 'wartend auf', 'ruckmeldung', 'en attente', 'en attente de'],
  ...['en attente du', 'attente', 'pendiente', 'pendiente de', 'pendiente del', 'esperando', 'esperando al'],
  ...['en espera de', 'en espera del', 'in attesa', 'in attesa di', 'in attesa del', 'wacht op', 'wachten op'],
  ...['aguardando', 'pendente', 'esperando a'],
];
const eachToo = WAITS_TOO.flatMap((waits) => CUSTOMER_TOO.map((who) => `${waits} ${who}`)).join(',');
const OTHERS_TOO = [
  ...['lieferant', 'hersteller', 'dritte', 'dritten', 'fournisseur', 'tiers', 'proveedor', 'tercero', 'terceros'],
  ...['fornitore', 'leverancier', 'fornecedor', 'terceiro'],
];
const othersToo = WAITS_TOO.flatMap((waits) => OTHERS_TOO.map((who) => `${waits} ${who}`)).join(',');

const OTHERS = ['vendor', 'third party', '3rd party', 'supplier', 'partner', 'problem', 'change', 'external'];
const WAITS = ['awaiting', 'waiting for', 'waiting on', 'waiting', 'pending', 'wait', 'wait for', 'on hold'];
const each = (whom: readonly string[]): string =>
  WAITS.flatMap((waits) => whom.map((who) => `${waits} ${who}`)).join(',');

const STATUS_PHRASES = phrasesOf<Status>([
  ['new', 'new,created,submitted,unassigned,to do,todo,backlog,registered,logged,not started'],
  ['new', 'neu,neue,neues,nouveau,nouvelle,nuevo,nueva,nuovo,nuova,nieuw,nieuwe,novo,nova'],
  [
    'open',
    'open,opened,active,assigned,working,in progress,in work,work in progress,wip,reopened,reopen,accepted,started',
  ],
  ['open', 'queued,in queue,triage,triaged,in review,under investigation,investigating,awaiting assignment,unresolved'],
  ['open', 'not resolved,not closed,processing,escalated,acknowledged,awaiting agent,waiting for support'],
  ['open', 'waiting for agent,waiting on us,waiting on agent,customer responded,customer replied,feedback received'],
  ['open', 'offen,in bearbeitung,in arbeit,zugewiesen,wiedereroffnet,ouvert,ouverte,en cours,en cours de traitement'],
  [
    'open',
    'assigne,attribue,abierto,abierta,en curso,en proceso,en progreso,asignado,reabierto,aperto,aperta,in corso',
  ],
  [
    'open',
    'in lavorazione,assegnato,riaperto,in behandeling,toegewezen,heropend,aberto,aberta,em andamento,processando',
  ],
  ['open', 'em atendimento,em progresso,atribuido,reaberto,non resolu,no resuelto,non risolto,nicht gelost'],
  ['pending', 'pending,awaiting user info,awaiting evidence,need info,needs info,more info,info needed,snoozed'],
  // States that OTRS and Znuny ship, whose names say what comes of them one day.
  [
    'pending',
    'pending close,feedback,pending auto,pending auto close,warten auto,warten auf erinnerung,warten zur erinnerung',
  ],
  ['pending', 'warten auf schliessen,warten auf erfolgreich schliessen,warten auf erfolglos schliessen'],
  ['pending', `awaiting reply,awaiting feedback,awaiting response,waiting for reply,${each(CUSTOMER)}`],
  ['pending', `wartend,ruckfrage,en attente,pendiente,in attesa,in afwachting,pendente,${eachToo}`],
  ['hold', `angehalten,zuruckgestellt,pausiert,warteschleife,en pause,suspendu,en espera,suspendido,${othersToo}`],
  ['hold', 'sospeso,in sospeso,in de wacht,gepauzeerd,em espera,suspenso,pausado'],
  ['hold', 'hold,on hold,postponed,suspended,stalled,blocked,waiting,awaiting,wait,deferred,paused'],
  ['hold', `approval,${each(OTHERS)}`],
  ['solved', 'solved,resolved,fixed,done,completed,complete,answered,fulfilled'],
  ['solved', 'gelost,geloest,erledigt,behoben,beantwortet,resolu,resolue,traite,traitee,termine,terminee,repondu'],
  ['solved', 'resuelto,resuelta,solucionado,completado,finalizado,respondido,risolto,risolta,completato,opgelost'],
  ['solved', 'afgehandeld,voltooid,resolvido,resolvida,concluido,concluida'],
  ['closed', 'merged,removed,entfernt'],
  ['closed', 'closed,close,cancelled,canceled,archived,rejected,withdrawn,duplicate,abandoned'],
  ['closed', 'geschlossen,abgeschlossen,storniert,abgebrochen,abgelehnt,ferme,fermee,cloture,cloturee,clos,annule'],
  ['closed', 'annulee,rejete,rejetee,cerrado,cerrada,cancelado,cancelada,anulado,rechazado,chiuso,chiusa,annullato'],
  ['closed', 'gesloten,afgesloten,geannuleerd,fechado,fechada,encerrado,encerrada,rejeitado'],
]);
const PHASE: Readonly<Record<Status, string>> = {
  new: 'work',
  open: 'work',
  pending: 'work',
  hold: 'work',
  solved: 'end',
  closed: 'end',
};

const PRIORITY_PHRASES = phrasesOf<number>([
  [1, 'critical,urgent,immediate,highest,blocker,p1,p0,emergency,very high,sev1,severe,showstopper'],
  [
    1,
    'kritisch,dringend,sehr hoch,urgente,critique,tres haute,tres eleve,bloquant,critico,critica,muy alta,muito alta',
  ],
  [1, 'molto alta,kritiek,spoed,zeer hoog'],
  [2, 'high,major,p2,sev2,important'],
  [2, 'hoch,wichtig,haute,haut,eleve,elevee,importante,alta,alto,hoog,belangrijk'],
  [3, 'medium,med,moderate,normal,p3,average,sev3,standard'],
  [3, 'mittel,moyenne,moyen,normale,media,medio,moderada,moderato,gemiddeld,normaal'],
  [4, 'low,minor,lowest,planning,trivial,p4,p5,sev4,very low,not urgent,non urgent,cosmetic'],
  [4, 'niedrig,gering,sehr niedrig,basse,bas,faible,mineure,baja,bajo,muy baja,bassa,basso,laag,baixa,baixo'],
]);

const CHANNEL_PHRASES = phrasesOf<Channel>([
  ['email', 'email,mail,inbound email,outlook,gmail'],
  [
    'web',
    'web,web form,webform,webrequest,web request,form,website,direct opening,widget,feedback widget,contact form,web widget',
  ],
  ['chat', 'chat,live chat,livechat,web chat,webchat,chatbot'],
  [
    'messaging',
    'direct message,instagram direct message,twitter direct message,messaging,messenger,whatsapp,sms,text message,slack,teams,telegram,in app,facebook messenger,line',
  ],
  ['voice', 'voice,phone,aircall,telephone,call,ivr,phone call,voicemail,hotline'],
  ['voice', 'telefon,anruf,telephone,appel,telefono,llamada,telefonata,telefoon,telefone'],
  ['email', 'correo,correo electronico,courriel,posta,posta elettronica'],
  ['web', 'formular,webformular,kontaktformular,formulaire,formulario,formulario web,modulo web,webformulier'],
  ['social', 'social,social media,twitter,x corp,facebook,instagram,facebook post,community,forum'],
  ['api', 'api,integration,web service,webservice,mobile sdk'],
  [
    'portal',
    'portal,portail,portale,portaal,self service,selfservice,customer portal,service portal,helpdesk,formcreator,help center,help centre,web portal',
  ],
  ['monitoring', 'monitoring,event,alert,event management,alarm'],
  ['other', 'other,direct,written,walk in,walk up,walkup,internal note,fax,letter,in person,closed ticket'],
]);

const TYPE_PHRASES = phrasesOf<TicketType>([
  [
    'question',
    'question,request,service request,incident service request,inquiry,enquiry,how to,information request,support',
  ],
  ['question', 'anfrage,frage,serviceanfrage,demande,pregunta,consulta,solicitud,peticion,domanda,richiesta,vraag'],
  ['question', 'verzoek,pedido,solicitacao,requisicao,duvida'],
  ['incident', 'storung,vorfall,fehler,panne,incidencia,incidente,guasto,storing,falha'],
  ['problem', 'probleme,problema,probleem'],
  ['task', 'aufgabe,tache,tarea,attivita,taak,tarefa'],
  ['change', 'anderung,changement,cambio,modifica,wijziging,mudanca'],
  ['incident', 'incident,issue,bug,failure,outage,defect,fault,error'],
  ['problem', 'problem,known error,problem known error,problem pending rfc'],
  ['task', 'task,sub task,subtask,story,epic'],
  ['change', 'change,rfc,change request,request for change,feature request,new feature,improvement,enhancement'],
  ['other', 'other'],
]);

type WaitsFor = 'customer' | 'vendor' | 'engineering' | 'internal';
const WHOM_PHRASES = phrasesOf<WaitsFor>([
  ['customer', 'customer,user,client,caller,requester,requestor,reporter,end user,submitter,user info'],
  ['customer', CUSTOMER_TOO.join(',')],
  ['vendor', OTHERS_TOO.join(',')],
  ['vendor', 'vendor,third party,3rd party,supplier,partner,external'],
  ['engineering', 'engineering,development,developer,dev,bug fix,release,problem,change,implementation'],
  ['internal', 'internal,approval,management,finance,legal,backoffice,back office'],
]);

export type Effect =
  | 'opens'
  | 'takes'
  | 'first_reply'
  | 'reply'
  | 'waits_customer'
  | 'waits_other'
  | 'resumes'
  | 'resolves'
  | 'closes'
  | 'reopens';
const EFFECT_PHRASES = phrasesOf<Effect>([
  [
    'opens',
    'open,opened,create,created,creation,register,registered,registration,submit,submitted,new,received,logged',
  ],
  ['opens', 'open ticket,create ticket,insert ticket,ticket created,case opened,report,reported,start case'],
  ['takes', 'assign,assigned,assignment,accept,accepted,take,taken,take in charge,take in charge ticket,pick up'],
  ['takes', 'assign seriousness,in progress,start work,work started,assign agent'],
  ['first_reply', 'first reply,first response,initial response,first response sent'],
  [
    'reply',
    'outbound,outgoing,out,out reply,reply,replied,response,respond,responded,answer,answered,email sent,reply sent,send reply,public comment',
  ],
  ['resumes', 'resume,resumed,customer replied,customer responded,customer reply,customer response,unpaused'],
  ['waits_customer', `pending,awaiting response,request info,information requested,${each(CUSTOMER)}`],
  ['waits_other', `hold,on hold,wait,waiting,${each(OTHERS)}`],
  ['resolves', 'resolve,resolved,resolve ticket,solve,solved,complete,completed,fix,fixed,done,resolution'],
  ['closes', 'close,closed,closure,close case,ticket closed,archive,archived,cancel,cancelled,canceled'],
  ['reopens', 'reopen,reopened,reopening'],
]);

const SATISFACTION_PHRASES = phrasesOf<number | 'offered' | 'unoffered'>([
  [
    1,
    'good,great,positive,very satisfied,extremely happy,very happy,excellent,amazing,awesome,very good,extremely satisfied',
  ],
  [0.75, 'satisfied,happy'],
  [0.5, 'ok,okay,neutral,average,fair,so so,neither'],
  [0.25, 'unhappy,dissatisfied,unsatisfied'],
  [0, 'bad,not good,negative,poor,terrible,awful,very dissatisfied,very unhappy,extremely unhappy,very bad,very poor'],
  ['offered', 'offered,sent,survey sent'],
  ['unoffered', 'unoffered,not offered,not sent'],
]);

/** Status that a vendor's word means by its known parts; null when nothing of it is known or its parts contradict each other. */
export function statusOf(word: string): Status | null {
  return readValue(word, STATUS_PHRASES, (a, b) => PHASE[a] !== PHASE[b]);
}

const REPLIED = /^(?:answered|replied|beantwortet|repondu|respondido)$/;

/**
 * How the states of one column are read: beside a word for solved or closed, "Answered" says that the desk has spoken and the customer
 * has not; where it is the only end, it is one.
 */
export function statusesAmong(words: readonly string[]): (word: string) => Status | null {
  const replied = (word: string): boolean => REPLIED.test(wordsOf(word).join(' '));
  const isEnded = words.some((word) => !replied(word) && ['solved', 'closed'].includes(statusOf(word) ?? ''));
  return (word) => (isEnded && replied(word) ? 'pending' : statusOf(word));
}

/** Priority rank 1..4 of a word such as "2 - High" or "P3"; a bare number has no direction and gives null. */
export function priorityOf(word: string): number | null {
  return readValue(word, PRIORITY_PHRASES);
}

const TOPMOST = /^\W*\d?\W*(?:major|majeure)\W*$/i;

/** How the priorities of one column are read: GLPI has "Major" above "Very high", others have it for high. */
export function prioritiesAmong(words: readonly string[]): (word: string) => number | null {
  const isAbove = words.some((word) => /^\d? ?(?:very high|tres haute)$/.test(wordsOf(word).join(' ')));
  return (word) => (isAbove && TOPMOST.test(word) ? 1 : priorityOf(word));
}

/** Channel that a word means; null when nothing of it is known or its parts contradict each other. */
export function channelOf(word: string): Channel | null {
  return readValue(word, CHANNEL_PHRASES);
}

/** Type of ticket that a word means; null when nothing of it is known or its parts contradict each other. */
export function typeOf(word: string): TicketType | null {
  return readValue(word, TYPE_PHRASES);
}

/** Whom a waiting state waits for; null for states that do not wait or do not say for whom. */
export function waitsFor(word: string): WaitsFor | null {
  const waits = wordsOf(word).some((part) =>
    /^(await|wait|pend|hold|suspend|wart|attente|attesa|espera|esperando|wacht|aguard)/.test(part),
  );
  return waits ? readValue(word, WHOM_PHRASES as readonly Phrase<WaitsFor>[]) : null;
}

/** What an activity does to its ticket; null when its words do not say. */
export function effectOf(word: string): Effect | null {
  return readValue(word, EFFECT_PHRASES);
}

/** Satisfaction 0..1 of a word, or that a survey was or was not offered; null when unknown. */
export function satisfactionOf(word: string): number | 'offered' | 'unoffered' | null {
  return readValue(word, SATISFACTION_PHRASES);
}

const YES = ['true', 'yes', 'y', '1', 't', 'ja', 'oui', 'si', 'sim', 'wahr', 'vrai', 'verdadero', 'vero'];
const NO = ['false', 'no', 'n', '0', 'f', 'nein', 'non', 'nee', 'nao', 'falsch', 'faux', 'falso'];

/** Truth of a bare yes or no; null for any other word. */
export function flagOf(word: string): boolean | null {
  const lower = foldAccents(word.trim().toLowerCase());
  return YES.includes(lower) ? true : NO.includes(lower) ? false : null;
}

const OUTCOME_PHRASES = phrasesOf<boolean | 'undecided'>([
  [
    true,
    'met,achieved,within,within sla,in sla,on time,ontime,kept,compliant,ok,success,fulfilled,completed on time,passed',
  ],
  [true, 'not breached,not violated,not overdue,no violation,no breach,not late,not missed'],
  [
    false,
    'breached,breach,violated,violation,sla violated,overdue,missed,late,failed,exceeded,out of sla,outside sla,not met',
  ],
  [false, 'not achieved,completed late,not compliant,expired'],
  ['undecided', 'active,running,paused,in progress,pending,upcoming,due soon,not applicable,cancelled'],
]);

/** Outcome that a word tells by itself, whatever its header says: "Within SLA", "Overdue"; null when it does not. */
export function outcomeOf(word: string): boolean | 'undecided' | null {
  return readValue(word, OUTCOME_PHRASES);
}
