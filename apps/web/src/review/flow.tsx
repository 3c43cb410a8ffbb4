import { createContext, type JSX, useContext } from 'solid-js';
import { api } from '../api.ts';
import { type Known, WithIdentity } from '../session/with-identity.tsx';
import { createRead, useCompleteProfile } from '../session/signed-in.tsx';
import { Reading } from '../ui/read.tsx';
import { reviewCopy as copy } from './copy.ts';
import { createUploads, maxPhotoBytes, type Uploads } from './photo/uploads.ts';
import type { ReviewNow } from './view.ts';

type Flow = {
  /** As the server last told it. */
  now: () => Known<ReviewNow>;
  /** Asks the server again. */
  again: () => Promise<void>;
  uploads: Uploads;
};

const Context = createContext<Flow>();

export function useReview(): Flow {
  const flow = useContext(Context);
  if (flow === undefined) throw new Error('useReview is used outside ReviewFlow');
  return flow;
}

/**
 * The frame of all pages of a manual review (T-REV-01 to 06). The draft lives on the server, so that it can be gone on
 * with on another device; here are only the photos on their way, and they are forgotten with the last of these pages.
 */
export function ReviewFlow(props: { children?: JSX.Element }) {
  useCompleteProfile();
  const read = createRead(() => api.review.current.query());
  const again = () => read.again();
  const uploads = createUploads({
    maxBytes: maxPhotoBytes(),
    arrived: async () => {
      await again();
      return read.failure();
    },
  });
  return (
    <Reading read={read} title={copy().title}>
      {(data) => (
        <WithIdentity of={data()}>
          {(now) => (
            <Context.Provider value={{ now, again, uploads }}>{props.children}</Context.Provider>
          )}
        </WithIdentity>
      )}
    </Reading>
  );
}
