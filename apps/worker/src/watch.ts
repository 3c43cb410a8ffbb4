import { measures, type Sample } from '@shiming/services/watch/measure';

/** What a process counts of itself since it started, each with what it means. */
export const counters = {
  shiming_database_up: 'Whether the database answered while these numbers were read.',
  shiming_answers_total: 'Answers to requests, by outcome: ok, or the code of the refusal.',
  shiming_answers_slow_total: 'Answers that took more than a second.',
  shiming_answer_seconds_total: 'Time until the answers, together.',
  shiming_rows_read_total: 'Rows that the database read for them.',
  shiming_deferred_failures_total: 'Work after an answer that failed, by outcome.',
  shiming_config_refused_total: 'Requests that were refused because a setting is wrong.',
  shiming_calls_total:
    'Calls to another system, by its host: answered, fault (HTTP 5xx) or unanswered.',
  shiming_call_seconds_total: 'Time until their answers, together.',
  shiming_job_run_timestamp_seconds: 'When a job last ended.',
  shiming_job_failures_total: 'Runs of a job that failed.',
  shiming_job_rows_failed_total: 'Rows that a job could not work on.',
  shiming_job_waiting_seconds:
    'For how long the oldest thing has been due that the job has not done.',
  shiming_job_alarm: '1 while the last line of the job has an alarm.',
  shiming_streams: 'Connections of the database: kept, in use, and requests that wait for one.',
} as const;

export const helpOf: Readonly<Record<string, string>> = { ...measures, ...counters };

type CounterName = keyof typeof counters;
type Labels = Readonly<Record<string, string>>;
type AnySample = { name: CounterName | Sample['name']; labels?: Labels; value: number };

/** A line of the log, as far as it is counted. */
type Line = Readonly<Record<string, unknown>>;

const slowMs = 1_000;

function numberIn(line: Line, name: string): number {
  const value = line[name];
  return typeof value === 'number' ? value : 0;
}

/**
 * What a process counts of its log lines and of its calls to other systems. Names of hosts come from the settings and outcomes
 * from a list, so nothing personal becomes a label and there are few.
 */
export function createWatch(now: () => number) {
  const values = new Map<string, AnySample>();
  const put = (name: CounterName, labels: Labels, change: (value: number) => number) => {
    const key = `${name}${JSON.stringify(labels)}`;
    const value = change(values.get(key)?.value ?? 0);
    values.set(key, { name, labels, value });
  };
  const add = (name: CounterName, labels: Labels, by: number) =>
    put(name, labels, (value) => value + by);

  function countJob(line: Line) {
    const labels = { job: String(line['job']) };
    put('shiming_job_run_timestamp_seconds', labels, () => now() / 1_000);
    add('shiming_job_failures_total', labels, line['outcome'] === 'ok' ? 0 : 1);
    add('shiming_job_rows_failed_total', labels, numberIn(line, 'failed'));
    put('shiming_job_waiting_seconds', labels, () => numberIn(line, 'waitingMs') / 1_000);
    put('shiming_job_alarm', labels, () => (line['alarm'] === undefined ? 0 : 1));
  }

  return {
    /** Counts a line that is written to the log. */
    line(line: Line): void {
      const { outcome, procedure } = line;
      const labels = { outcome: String(outcome) };
      if (outcome === 'config.refused') add('shiming_config_refused_total', {}, 1);
      else if (procedure === 'jobs') countJob(line);
      else if (procedure === 'deferred') add('shiming_deferred_failures_total', labels, 1);
      else {
        const ms = numberIn(line, 'ms');
        add('shiming_answers_total', labels, 1);
        add('shiming_answers_slow_total', {}, ms > slowMs ? 1 : 0);
        add('shiming_answer_seconds_total', {}, ms / 1_000);
        add('shiming_rows_read_total', {}, numberIn(line, 'rowsRead'));
      }
    },

    /** Asks another system, and counts whether it answered. */
    async call(
      ask: (request: Request) => Promise<Response>,
      request: Request,
      host = new URL(request.url).host,
    ): Promise<Response> {
      const startMs = now();
      const ended = (result: 'answered' | 'fault' | 'unanswered') => {
        add('shiming_calls_total', { host, result }, 1);
        add('shiming_call_seconds_total', { host }, (now() - startMs) / 1_000);
      };
      try {
        const response = await ask(request);
        ended(response.status >= 500 ? 'fault' : 'answered');
        return response;
      } catch (error) {
        ended('unanswered');
        throw error;
      }
    },

    /** What was counted, with what is measured of the database; `null` where that did not answer. */
    samples(streams: Readonly<Record<string, number>>, measured: Sample[] | null): AnySample[] {
      return [
        { name: 'shiming_database_up', value: measured === null ? 0 : 1 },
        ...Object.entries(streams).map(([state, value]) => ({
          name: 'shiming_streams' as const,
          labels: { state },
          value,
        })),
        ...values.values(),
        ...(measured ?? []),
      ];
    },
  };
}

const escaped = (value: string) =>
  value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);

/** The samples in Prometheus' text format (version 0.0.4), those of a name together. */
export function prometheusText(samples: readonly AnySample[]): string {
  const names = [...new Set(samples.map(({ name }) => name))];
  return names
    .map((name) => {
      const lines = samples
        .filter((sample) => sample.name === name)
        .map(({ labels = {}, value }) => {
          const pairs = Object.entries(labels).map(
            ([label, text]) => `${label}="${escaped(text)}"`,
          );
          return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
        });
      const type = name.endsWith('_total') ? 'counter' : 'gauge';
      return `# HELP ${name} ${helpOf[name]}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}
