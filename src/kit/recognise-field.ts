import { wordsOf } from './words-of.ts';

const FIELD_ROLES = ['severity', 'product', 'category', 'cause', 'tier', 'reason'] as const;
export type FieldRole = (typeof FIELD_ROLES)[number];

/** Beginnings of words, without accents; `.` behind it ends the word, words with a blank stand side by side. Separated by commas. */
const SIGNS: Readonly<Record<FieldRole, string>> = {
  severity:
    'severit,impact.,business impact,criticalit,schweregrad,auswirkung,gravite.,gravedad,gravidade,gravita.,ernst.,allvar,alvorlighed',
  product:
    'product.,products.,product line,product area,module,component,service affected,affected service,produkt,modul.,komponente,produit,composant,producto,produto,prodotto,tuote',
  category:
    'categor,subcategor,topic,subtopic,about.,contact reason,reason for contact,issue type,request type,inquiry,enquiry,subject area,kategori,thema.,anliegen,kontaktgrund,sujet.,motif.,tema.,assunto,onderwerp,rubrik',
  cause:
    'cause.,causes.,root cause,resolution code,resolution reason,resolution type,resolution category,close code,closed code,close reason,closed reason,closure,ursache,grundursache,fehlerursache,causa.,oorzaak,przyczyna,orsak,arsag,aarsag,pricina',
  tier: 'tier.,plan.,segment.,subscription,service level,support level,support plan,kundenstufe,kundenklasse,abonnement,contract type,vertragsart',
  reason: 'reason,grund.,begrundung,raison.,razon.,motivo,reden.,powod,begrundelse',
};

const PATTERNS = FIELD_ROLES.map(
  (role) => [role, SIGNS[role].split(',').map((sign) => ` ${sign.replace('.', ' ')}`)] as const,
);

/**
 * What a field of a ticket may be used for, judged by the words of its title, in the order of FIELD_ROLES; several roles where several fit, none
 * where the title says nothing. A hint only: work that contradicts it counts more. Null gives none. Never throws.
 */
export function rolesOfField(title: string | null): FieldRole[] {
  const text = ` ${wordsOf(title).join(' ')} `;
  return PATTERNS.filter(([, signs]) => signs.some((sign) => text.includes(sign))).map(([role]) => role);
}
