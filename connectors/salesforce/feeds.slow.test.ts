import { describeFeeds } from '../../test/conformance/feeds.ts';
import { manyCases, salesforceCases, salesforceRoutes } from '../../test/harness/salesforce.ts';
import { salesforceCase } from '../../test/harness/salesforce-case.ts';

const BY_SALES = 'what no field of the account tells is told by its sales; a type in other letters is an unknown word';

describeFeeds({
  ...salesforceCase,
  moving() {
    const live = salesforceCases();
    let times = 0;
    return {
      routes: salesforceRoutes({ cases: live }),
      touch() {
        times += 1;
        Object.assign(live[0] as object, { SystemModstamp: `2026-03-06T09:00:0${times % 10}.000+0000` });
      },
    };
  },
  stamp: 'SystemModstamp',
  oddPlaces: {
    'EmailMessage records.*.Parent': 'where no address is known, mail is taken to go to the customer',
    'EmailMessage records.*.ToAddress': 'where no address is known, mail is taken to go to the customer',
    'describe fields.*.referenceTo': 'where no address is known, mail is taken to go to the customer',
    'describe fields.*.relationshipName': 'where no address is known, mail is taken to go to the customer',
    'KnowledgeArticleVersion records.*.ArticleCreatedDate': 'where the article does not tell it, its version does',
    'KnowledgeArticleVersion records.*.LastPublishedDate':
      'where it is not told when it was published, its last change is',
    'KnowledgeArticleVersion records.*.PublishStatus': 'where it is not told when it was published, its last change is',
    'describe fields.*.type': BY_SALES,
    'describe fields.*.custom': BY_SALES,
    'Account records.*.Renewal__c': BY_SALES,
    'Account records.*.Last_Upsell__c': BY_SALES,
    'Account records.*.Churn_Date__c': BY_SALES,
    'describe fields.*.name': 'only fields that there are can be asked for',
    'Group records.*.Type [other letter case]': 'the vendor writes this word in one way; another is an unknown word',
    'describe fields.*.relationshipName [other letter case]':
      'the vendor writes this word in one way; another is an unknown word',
  },
  enums: [
    'Priority',
    'Origin',
    'Type',
    'Reason',
    'Visibility',
    'AgentType',
    'RelatedEntityType',
    'UserType',
    'QuestionType',
  ],
  codes: [
    ...['Id', 'DurableId', 'QualifiedApiName', 'nextRecordsUrl', 'identity', 'name', 'type', 'relationshipName'],
    ...[
      'OwnerId',
      'AccountId',
      'ContactId',
      'CaseId',
      'ParentId',
      'CreatedById',
      'LastModifiedById',
      'KnowledgeArticleId',
    ],
    ...[
      'BusinessHoursId',
      'RecordTypeId',
      'MasterRecordId',
      'MilestoneTypeId',
      'SlaProcessId',
      'RelatedIssueId',
      'SourceId',
    ],
    ...[
      'MessagingEndUserId',
      'EmailTemplateId',
      'ArticleCreatedById',
      'UserOrGroupId',
      'GroupId',
      'QueueId',
      'RelatedId',
    ],
    ...[
      'ParentRoleId',
      'UserRoleId',
      'InvitationId',
      'QuestionId',
      'SubjectId',
      'ProductId',
      'TimeZoneSidKey',
      'Field',
    ],
    ...['Status', 'Priority', 'Origin', 'Type', 'Reason', 'UserType', 'SObjectType', 'SobjectType', 'PublishStatus'],
    ...[
      'Severity__c',
      'Product_Line__c',
      'Topic__c',
      'Root_Cause__c',
      'Support_Tier__c',
      'Industry',
      'ApiName',
      'MasterLabel',
    ],
    ...[
      'SundayStartTime',
      'MondayStartTime',
      'TuesdayStartTime',
      'SaturdayStartTime',
      'MondayEndTime',
      'TuesdayEndTime',
    ],
    ...[
      'SaturdayEndTime',
      'TriggerType',
      'TriggerObjectOrEventId',
      'AgentType',
      'RecurrenceType',
      'OldValue',
      'NewValue',
    ],
    ...['SystemModstamp', 'CreatedDate', 'LastModifiedDate'],
  ],
  many: () => salesforceRoutes({ cases: manyCases(50) }),
});
