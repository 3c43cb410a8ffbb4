import {
  parseReviewAnswers,
  caseChannels,
  reviewReasonMaxLength,
  shanghaiDate,
} from '@shiming/domain';
import { Show } from 'solid-js';
import { useNavigate } from '../router/router.tsx';
import { api } from '../api.ts';
import { serverNow } from '../clock.ts';
import { defineCopy } from '../copy/define-copy.ts';
import { documents, validityLine } from '../copy/documents.ts';
import { createForm } from '../form/create-form.ts';
import { NameField } from '../identity/name-field.tsx';
import { dateAnswers } from '../identity/validity-answers.ts';
import { ValidityFields } from '../identity/validity-fields.tsx';
import { reviewPath } from '../session/next.ts';
import { createRead, useSignedIn } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { type Fact, Facts, Note, Num } from '../ui/blocks.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { Page } from '../ui/page.tsx';
import { FormBody } from '../ui/form-body.tsx';
import { reviewCopy } from './copy.ts';
import { zh } from './details.zh.ts';
import { useReview } from './flow.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { checkPath, mayChange, missingOf, taskPath, tellingChannel, toldAt } from './view.ts';

const copy = defineCopy(zh, () => import('./details.en.ts'));

type Identity = Awaited<ReturnType<typeof api.verification.view.query>>;

/** /account/review/details: what a reviewer compares with the photos, and why the person asks (T-REV-01). */
export function DetailsPage() {
  const identity = createRead(() => api.verification.view.query());
  return (
    <Reading read={identity} title={reviewCopy().tasks.answers}>
      {(data) => <Details identity={data()} />}
    </Reading>
  );
}

/** What the account is, and a review does not change. */
const fixedRows = ({ documentType, maskedNumber, maskedTravelPermitNumber }: Identity): Fact[] => [
  { term: copy().documentType, value: documents().types[documentType] },
  { term: copy().number, value: <Num>{maskedNumber}</Num> },
  ...(maskedTravelPermitNumber === null
    ? []
    : [
        {
          term: copy().travelPermitNumber,
          value: <Num>{maskedTravelPermitNumber}</Num>,
        },
      ]),
];

function Details(props: { identity: Identity }) {
  const { identity } = props;
  const { now, again } = useReview();
  const navigate = useNavigate();
  const request = now().request;
  const known = request?.answers ?? identity;
  const isAsked = (item: 'name' | 'validity') =>
    request === null || request.returned === null || request.returned.includes(item);
  const form = createForm({
    initial: {
      name: known.name,
      validityStart: dateAnswers(known.validity?.start ?? ''),
      validityTerm: String(known.validity?.term ?? ''),
      reason: request?.answers?.reason ?? '',
      channel: tellingChannel(now(), request?.channel ?? caseChannels[0]),
    },
    validate: (typed) =>
      parseReviewAnswers(
        typed,
        // Name and validity are judged by these two; the number stays on the server.
        {
          type: identity.documentType,
          birthDate: identity.birthDate,
          number: '',
          sex: null,
          region: null,
        },
        shanghaiDate(serverNow()),
      ),
    async submit(typed) {
      await api.review.saveAnswers.mutate(typed);
      await again();
      const [next] = missingOf(now());
      navigate(next === undefined ? checkPath : taskPath(next));
    },
    on: useSignedIn(),
  });
  const rows = (): Fact[] => [
    ...fixedRows(identity),
    ...(isAsked('name') ? [] : [{ term: copy().name, value: known.name }]),
    ...(isAsked('validity')
      ? []
      : [
          {
            term: copy().validity,
            value: <Num>{validityLine(known.validity)}</Num>,
          },
        ]),
  ];
  return (
    <Page title={reviewCopy().tasks.answers} lead={copy().lead} backTo={reviewPath} form={form}>
      <Facts rows={rows()} />
      <Show
        when={mayChange(now(), 'answers')}
        fallback={
          <Note>
            <p>{copy().fixed}</p>
          </Note>
        }
      >
        <FormBody of={form} submit={copy().save}>
          <Show when={isAsked('name')}>
            <NameField field={form.field('name')} type={identity.documentType} />
          </Show>
          <Show when={isAsked('validity')}>
            <ValidityFields
              start={form.field('validityStart')}
              term={form.field('validityTerm')}
              type={identity.documentType}
              birthDate={identity.birthDate}
            />
          </Show>
          <TextArea
            field={form.field('reason')}
            label={reviewCopy().reason}
            hint={copy().reasonHint}
            maxLength={reviewReasonMaxLength}
            count={(used) => copy().count(used, reviewReasonMaxLength)}
            over={(by) => copy().over(by)}
          />
          <RadioCards
            field={form.field('channel')}
            label={reviewCopy().channel}
            options={caseChannels
              .filter((channel) => tellingChannel(now(), channel) === channel)
              .map((channel) => ({
                value: channel,
                label: reviewCopy().channels[channel],
                note: channel === 'inbox' ? copy().inboxNote : toldAt(now(), channel),
              }))}
          />
        </FormBody>
      </Show>
    </Page>
  );
}
