import { describeConnector } from '../../test/conformance/connector.ts';
import { zendeskCase } from '../../test/harness/zendesk-case.ts';

describeConnector({ ...zendeskCase, spare: ['audits'] });
describeConnector({ ...zendeskCase, settings: { url: 'acme', history: 'audits' }, spare: ['updates'] });
