import { setTimeout as delay } from 'node:timers/promises';
import type { ModeSwitch, RecordMode } from './mode.ts';
import { recordHolders, type RecordRow } from './record-holders.ts';
import { answerTencent, requiredString, TencentApiError } from './tencent-api.ts';
import type { TencentParameters } from './tencent-api.ts';
import type { TencentCredentials } from './tc3.ts';

type Options = {
  now: () => number;
  credentials: TencentCredentials;
  mode: ModeSwitch<RecordMode>;
  slowCitizenMs: number;
};

const queriesPerDay = 30;
const shanghaiOffsetMs = 8 * 3_600_000;

const authorityOf: Readonly<Record<string, string>> = {
  enrolment: 'student_record',
  qualification: 'student_record',
  admission: 'student_record',
  student_loan: 'student_record',
  photo_check: 'student_record',
  teacher_examination: 'examination',
  putonghua: 'putonghua',
  degree: 'degree',
  teacher_certificate: 'certificate',
};

const said = (Result: string, Description: string) => ({ Result, Description });

/** The columns that a school may correct after a dispute. */
const correctedColumns = new Set(['XH', 'XM', 'SFZH']);

/**
 * The gateway in front of the authorities of records (README, Records): `QueryRecords` and `ReportDispute` of the service
 * `records`, 2026-11-01. It knows a person by name and the number of the one document that the school reported, and answers
 * each number at most 30 times a day (Asia/Shanghai). What a school reports as corrected stands in the record from then on.
 */
export class RecordGateway {
  readonly #options: Options;
  readonly #queries = new Map<string, number>();
  readonly #queriesOfDay = new Map<string, number>();
  /** What was reported, by the id of the dispute. */
  readonly #reports = new Map<string, string>();
  /** What was corrected, by the id of the record. */
  readonly #corrected = new Map<string, RecordRow>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** How often each number was asked about, answered or not. */
  get queries(): ReadonlyMap<string, number> {
    return this.#queries;
  }

  /** The reports that were taken, by the id of the dispute. */
  get reports(): ReadonlyMap<string, string> {
    return this.#reports;
  }

  reset(): void {
    this.#queries.clear();
    this.#queriesOfDay.clear();
    this.#reports.clear();
    this.#corrected.clear();
  }

  answer(request: Request): Promise<Response> {
    const { credentials, now } = this.#options;
    return answerTencent(
      request,
      {
        name: 'records',
        version: '2026-11-01',
        actions: {
          QueryRecords: (parameters) => this.#query(parameters),
          ReportDispute: (parameters) => this.#report(parameters),
        },
      },
      credentials,
      now(),
    );
  }

  async #query(parameters: TencentParameters): Promise<Record<string, unknown>> {
    const kind = requiredString(parameters, 'Kind');
    const name = requiredString(parameters, 'XM');
    const number = requiredString(parameters, 'SFZH');
    if (authorityOf[kind] !== requiredString(parameters, 'Authority')) {
      throw new TencentApiError({ code: 'InvalidParameter', message: '该机构没有此类信息。' });
    }
    this.#queries.set(number, (this.#queries.get(number) ?? 0) + 1);
    const { mode, now, slowCitizenMs } = this.#options;
    if (mode.mode === 'source_down') return said('-6', '数据源异常，请稍后再试');
    const day = new Date(now() + shanghaiOffsetMs).toISOString().slice(0, 10);
    const asked = this.#queriesOfDay.get(`${day} ${number}`) ?? 0;
    this.#queriesOfDay.set(`${day} ${number}`, asked + 1);
    if (mode.mode === 'quota' || asked >= queriesPerDay) {
      return said('-7', '查询次数超过当日限制，请次日重试');
    }
    if (!/^[A-Z0-9()军士兵文武字第号]{6,20}$/.test(number)) return said('-5', '非法证件号码');

    const holder = recordHolders.find((each) => each.number === number);
    if (holder === undefined) return said('-1', '无此人信息');
    if (holder.name !== name) return said('-2', '姓名与证件号码不符');
    if (holder.isSlow === true) await delay(slowCitizenMs, undefined, { ref: false });
    const state = holder.states?.[kind] ?? holder.states?.['*'];
    if (state === 'broken') {
      throw new TencentApiError({ code: 'InternalError', message: '内部错误。' }, 503);
    }
    if (state === 'hidden') return said('-4', '院校核查中，暂不提供');
    if (state !== undefined) {
      return { ...said('-3', '当批次信息尚未公布'), LQJZRQ: state.notYetUntil };
    }
    const rows = holder.rows?.[kind] ?? [];
    return rows.length === 0
      ? said('-1', '无此类信息')
      : {
          ...said('0', '查询成功'),
          Records: rows.map((row) => ({ ...row, ...this.#corrected.get(row['ID'] ?? '') })),
        };
  }

  async #report(parameters: TencentParameters): Promise<Record<string, unknown>> {
    const id = requiredString(parameters, 'DisputeId');
    const record = requiredString(parameters, 'ID');
    const outcome = requiredString(parameters, 'Outcome');
    if (this.#options.mode.mode === 'source_down') return said('-6', '数据源异常，请稍后再试');
    const isKnown = recordHolders.some(({ rows }) =>
      rows?.['photo_check']?.some((row) => row['ID'] === record),
    );
    if (!isKnown) return said('-1', '无此记录');
    const content = JSON.stringify(parameters);
    const before = this.#reports.get(id);
    if (before !== undefined) {
      return before === content ? said('0', '已接收') : said('-8', '该异议已有结果');
    }
    this.#reports.set(id, content);
    if (outcome === 'corrected') {
      const { Field, Value, XLZP } = parameters;
      const isField = typeof Field === 'string' && correctedColumns.has(Field);
      this.#corrected.set(record, {
        ...this.#corrected.get(record),
        ...(isField && typeof Value === 'string' ? { [Field]: Value } : {}),
        ...(typeof XLZP === 'string' ? { XLZP } : {}),
      });
    }
    return said('0', '已接收');
  }
}
