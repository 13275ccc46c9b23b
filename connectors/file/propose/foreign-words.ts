/**
 * Words of headers in German, French, Spanish, Italian, Dutch and Portuguese, brought to the English words that the finders know. Keys are
 * without accents; what several languages write alike stands once. A word that is also an English one is in `SHARED`.
 */
const LISTS: readonly (readonly [english: string, foreign: string])[] = [
  // What a record is called.
  ['ticket', 'vorgang anfrage storung demande billet incidencia solicitud richiesta segnalazione melding chamado'],
  ['number', 'nummer numero num kennung kennziffer'],
  ['id', 'identifiant identificador identificativo'],
  ['reference', 'referenz referencia riferimento referentie'],
  // Stamps.
  ['date', 'datum fecha zeitpunkt'],
  ['time', 'uhrzeit zeit heure hora tijd tempo tiempo delai'],
  ['duration', 'dauer duree duracion durata duur duracao'],
  ['created', 'erstellt erstellung angelegt eroffnet eroffnung geoffnet eingegangen eingang gemeldet erfasst'],
  ['created', 'cree creee ouvert ouverte ouverture creacion creado creada abierto abierta apertura'],
  ['created', 'creazione creato creata aperto aperta aangemaakt geopend aanmaak abertura criacao criado criada aberto'],
  ['created date', 'erstelldatum erstellungsdatum eroffnungsdatum eingangsdatum meldedatum anlagedatum aanmaakdatum'],
  ['created time', 'erstellzeit erstellungszeit eroffnungszeit eingangszeit meldezeit'],
  ['resolved', 'gelost losung erledigt erledigung behoben behebung resolu resolue resuelto resuelta solucion'],
  ['resolved', 'solucionado risolto risolta risoluzione opgelost oplossing resolvido resolvida resolucao resolucion'],
  ['resolved date', 'losungsdatum erledigungsdatum oplosdatum'],
  ['closed', 'geschlossen abgeschlossen schliessung abschluss cloture cloturee clos fermeture ferme fermee'],
  ['closed', 'cierre cerrado cerrada chiusura chiuso chiusa gesloten afgesloten sluiting'],
  ['closed', 'fechamento fechado fechada encerramento encerrado'],
  ['closed date', 'abschlussdatum schliessdatum enddatum sluitingsdatum'],
  ['closed time', 'abschlusszeit schliesszeit endzeit'],
  ['first', 'erste erster erstes premiere premier primera primer primeira primeiro prima primo eerste'],
  ['reply', 'antwort reaktion reponse respuesta risposta reactie antwoord resposta'],
  ['first reply', 'erstantwort erstreaktion'],
  ['reply time', 'reaktionszeit antwortzeit reactietijd antwoordtijd'],
  ['resolution time', 'losungszeit oplostijd'],
  ['last', 'letzte letzter letztes derniere dernier ultima ultimo laatste laatst'],
  ['updated', 'geandert aktualisiert anderung aktualisierung modifie modifiee actualizado actualizacion modificado'],
  ['updated', 'actualizada modificada aggiornata atualizada'],
  ['updated', 'modificacion aggiornato aggiornamento modificato gewijzigd bijgewerkt atualizado atualizacao'],
  ['due', 'fallig falligkeit frist zieldatum solltermin echeance butoir prevue prevu vencimiento limite prevista'],
  ['due', 'scadenza vervaldatum streefdatum vencimento prazo falligkeitsdatum'],
  [
    'reopened',
    'wiedereroffnet wiedereroffnungen wiedereroffnung rouvert reouverture reouvertures reabierto reaperturas',
  ],
  ['reopened', 'riaperto riaperture heropend reaberto reaberturas'],
  // Words of fields.
  ['status', 'statut estado stato situacao situacion zustand etat'],
  ['priority', 'prioritat priorite prioridad priorita prioriteit prioridade'],
  ['urgency', 'dringlichkeit urgence urgencia urgenza urgentie'],
  ['severity', 'schweregrad gravite gravedad gravita gravidade ernst'],
  ['category', 'kategorie categorie categoria'],
  ['group', 'gruppe groupe grupo gruppo groep'],
  ['team', 'equipe equipo abteilung departamento afdeling reparto'],
  ['assignee', 'bearbeiter zustandig zugewiesen zustandiger technicien attribue assigne agente tecnico asignado'],
  ['assignee', 'operatore assegnato behandelaar toegewezen responsavel atribuido responsable responsabile atendente'],
  ['assignee', 'asignada besitzer eigentumer'],
  ['key', 'schlussel vorgangsschlussel clave chave chiave sleutel'],
  ['reporter', 'informador'],
  ['author', 'autor auteur autore'],
  ['requester', 'anforderer melder antragsteller demandeur solicitante richiedente aanvrager requerente'],
  ['customer', 'kunde kunden cliente klant'],
  ['company', 'firma unternehmen societe entreprise empresa azienda bedrijf'],
  ['channel', 'kanal eingangskanal meldeweg canal canale kanaal'],
  ['source', 'quelle herkunft origine origen origem bron'],
  ['type', 'typ tipo soort'],
  ['satisfaction', 'zufriedenheit satisfaccion soddisfazione tevredenheid satisfacao'],
  ['rating', 'bewertung valoracion valutazione avaliacao beoordeling'],
  ['subject', 'betreff objet asunto oggetto onderwerp assunto'],
  ['description', 'beschreibung descripcion descrizione omschrijving descricao'],
  ['product', 'produkt produit producto prodotto produto'],
  ['cause', 'ursache causa oorzaak'],
  ['count', 'anzahl nombre cantidad aantal quantidade'],
  // Units.
  ['hours', 'std stunden stunde heures horas ore uren'],
  ['minutes', 'minuten minutos minuti'],
  ['days', 'tage tagen jours dias giorni dagen'],
  ['seconds', 'sekunden secondes segundos secondi seconden'],
  ['by', 'durch por'],
];

/** Words that English has as well: they count where another word of the header is a foreign one. */
const SHARED: Readonly<Record<string, string>> = {
  data: 'date',
  ora: 'time',
  fall: 'case',
  caso: 'case',
  art: 'type',
  nature: 'type',
  resolution: 'resolved',
  service: 'team',
  fin: 'end',
  ende: 'end',
  von: 'by',
  par: 'by',
  door: 'by',
  creation: 'created',
};

/** Several words that mean one. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mise? a jour|maj|ultima actualizacion|letzte anderung)\b/g, 'modifie'],
  [/\bprise en charge\b/g, 'acknowledged'],
];

/** Between the words of such a header these say nothing. */
const FILLERS = new Set([
  ...['am', 'um', 'der', 'die', 'das', 'des', 'den', 'dem', 'bis', 'zur', 'zum', 'fur', 'nach', 'ist', 'wurde'],
  ...['de', 'du', 'd', 'l', 'la', 'le', 'les', 'a', 'au', 'en', 'y', 'et', 'pour'],
  ...['del', 'el', 'los', 'las', 'di', 'della', 'dello', 'da', 'do', 'dos', 'das', 'em', 'e', 'o', 'il', 'op'],
  ...['van', 'het', 'een', 'per'],
]);

const WORDS: ReadonlyMap<string, string> = new Map(
  LISTS.flatMap(([english, foreign]) => foreign.split(' ').map((word) => [word, english] as const)),
);

/** A word without its accents and with ss for ß, as people also type it. */
export function foldAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

/**
 * The words of a header in English, where some of them are of another of the six languages; else as they are. Words are lower case.
 */
export function translateWords(words: readonly string[]): readonly string[] {
  const plain = foldAccents(words.join(' '));
  const folded = PHRASES.reduce((text, [pattern, by]) => text.replace(pattern, by), plain).split(' ');
  if (!folded.some((word) => WORDS.has(word)) && plain === words.join(' ')) return words;
  return folded
    .filter((word) => !FILLERS.has(word))
    .flatMap((word) => (WORDS.get(word) ?? SHARED[word] ?? word).split(' '));
}
