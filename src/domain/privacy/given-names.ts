/**
 * Given names that are common somewhere and rarely anything else, lower case, without diacritics. Names that are also words, places or
 * products of a desk's own vocabulary (mark, bill, victoria, crystal, ruby) are left out: they tell nothing. From memory, not from a register.
 */
const TEXT = `
aaron abdul abdullah abigail achim adam adele adrian agnes agnieszka ahmad ahmed aisha akira alain alan albert alberto alejandra alejandro
aleksander aleksandra aleksei alessandra alessandro alex alexander alexandra alexandre alexei alfred ali alice alicia alina alison amanda
amelia amina amir amit amy ana anastasia anders andre andrea andreas andrei andres andrew andrzej andy angela angelika anil anita anja anke
ann anna anne annette annika anthony antje antoine anton antonia antonio arjun armin arnaud arthur arturo asha ashley astrid aurelie axel ayse
barbara bartosz bastian beata beate beatrice beatriz ben benedikt benjamin benoit bernard bernd bernhard bert betty birgit bjorn bob bogdan boris
brenda brian bridget brigitte britta bruno camila camille carina carl carla carlos carmen carol carolina caroline cathy catherine cecilia
cedric charles charlie chiara chris christa christel christian christiane christina christine christoph christophe christopher claire clara
claude claudia claus clemens colin connor corinna cornelia craig cristina cynthia dagmar daniel daniela danielle darren dave david deborah
deepak denise dennis derek diana diane dieter dietmar dimitri dmitri dominik dominique donald donna doris dorothy douglas dylan eddie
edgar eduardo edward eileen elena eleanor eli elias elif elisa elisabeth elizabeth elke ella ellen elsa emil emily emma emmanuel enrique eric erik
erika ernst esra esther eva evelyn ewa fabian fabio fabrice fatima fatma federico felipe felix ferdinand fernanda fernando filip fiona florian
francesca francesco francisco francois frank frankie franz franziska fred frederic frieda friedrich fritz gabriel gabriela gabriele
gareth gary geoffrey georg george georgios gerald gerard gerd gerhard gerrit giacomo gianluca gilles gina giorgio giovanni gisela giulia
giuseppe gonzalo gordon grazia greg gregor gregory grzegorz guido guillaume gunter gustav guy hanna hannah hans harald harry hassan hector
heidi heike heiko heinrich heinz helen helena helga helmut hendrik henri henrik henry herbert hermann hilde hiroshi holger howard hubert hugo
hussein ian ibrahim igor ilse ines inga ingo ingrid irena irene irina iris isaac isabel isabella isabelle ismail ivan ivana jack jacob
jacqueline jacques jake jakob jakub james jamie jan jana jane janet janina janine jasmin jason javier jean jeff jeffrey jens jennifer jenny
jeremy jerome jessica jill jim jo joachim joan joanna joanne joao joe joel joerg johan johann johanna johannes john johnny jon jonas jonathan
jorge jorg jose josef joseph josephine joshua joyce juan juana judith jules julia julian juliane julie julien jurgen juergen justin justyna
kai karen karim karin karina karl karla karsten katarina katarzyna kate katharina katherine kathleen kathrin kathryn katja katrin katy kavita
keith kelly ken kenneth kenji kerstin kevin khaled kim kirsten klara klaus konrad kristian kristin kristina krzysztof kumar kurt kyle
lars laura lauren laurent lea leah lena leo leon leonardo leonie lewis lilly lina linda lisa lothar louis louise luca lucas lucia lucie lucy
ludwig luigi luis luisa lukas luke lutz lydia lynn maciej madeleine magda magdalena mahmoud maik malgorzata manfred manuel manuela marc marcel
marcin marco marcos marcus margaret margarita maria mariana marianne marie marina mario marion marius markus marlene marta martha martin
martina mary mateo mateusz mathias mathieu mathilde matteo matthew matthias maurice mauro max maximilian maya megan mehmet mei melanie
melissa meredith michael michal michaela michel michele michelle mick miguel mike mikhail milan milena mina miriam mirko mohamed mohammad
mohammed mohan monica monika monique moritz muhammad murat mustafa nadia nadine nancy naomi natalia natalie natasha nathan neha neil nick
nicholas nico nicola nicolas nicole nigel nikita niklas nikolai nikos nils nina nisha noah noemi nora norbert norman olaf oleg olga oliver
olivia olivier omar oscar oskar otto owen pablo pamela paolo patrice patricia patrick patrik paul paula pauline pawel pedro peggy penelope peter
petra philip philipp philippe pierre pietro piotr prakash priya rachel rafael rahul rainer raj rajesh ralf ralph ramesh ramon raphael raquel
raul ravi raymond rebecca regina reiner reinhard renate rene ricardo riccardo richard rita robert roberta roberto robin rodrigo roger roland
rolf roman ronald rosa rosemary ross roxana rudolf rui rupert russell ruth ryan sabine sabrina sally salma sam samantha samir samuel sandeep
sandra sanjay sara sarah sascha sean sebastian sergei sergey sergio seth shannon sharon sheila shirley sibylle siegfried sigrid silke silvia
simon simona simone sina sofia sonja sonia sophia sophie stacy stanislav stefan stefanie stella stephan stephanie stephen steve steven stuart
sue sunil susan susanna susanne suzanne sven svenja svetlana sylvia sylvie takashi tamara tanja tanya tara tatiana ted teresa terry
thea theo theodor theresa thierry thilo thomas thorsten tiago tiffany till tim timo timothy tina tobias todd tom tomas tomasz tommy tony
torsten tracy trevor ulf ulrich ulrike ursula ute uwe valentina valeria valerie vanessa vera verena veronica veronika vijay vikram viktor
vincent vincenzo viola virginia vitali vivian vladimir volker waldemar walter wanda wayne wendy werner wilhelm william wojciech wolfgang xavier
yasmin yolanda yuki yusuf yves yvonne zoe zofia
`;

export const GIVEN_NAMES: ReadonlySet<string> = new Set(TEXT.split(/\s+/).filter((word) => word !== ''));

/** The commonest family names that are written in Han characters; two to four characters that begin so may be a person. */
export const HAN_FAMILY_NAMES: ReadonlySet<string> = new Set([
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔張劉陳楊黃趙吳許鄧馮韓羅鄭謝鍾佐鈴高田渡伊山中小加吉',
]);
