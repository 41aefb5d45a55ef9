package dev.ragline.server.answers;

import dev.ragline.document.RagException;
import dev.ragline.v1.AnswerEvent;

/**
 * Where a reader's events go. All but {@link #onSubscribe} are called by one thread at a time, and
 * none of them may wait: whoever writes the answer may be the one who calls.
 */
public interface AnswerSubscriber {
  /** Takes what happens and does nothing with it. */
  AnswerSubscriber NONE =
      new AnswerSubscriber() {
        @Override
        public void onSubscribe(AnswerSubscription subscription) {}

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void onNext(AnswerEvent event) {}

        @Override
        public void onError(RagException failure) {}

        @Override
        public void onCompleted() {}
      };

  /**
   * Comes first, and before any event.
   *
   * @throws RagException when the reader has gone already; nothing else follows
   */
  void onSubscribe(AnswerSubscription subscription);

  /**
   * Whether an event may come. When that has been false, {@link AnswerSubscription#pump} is to be
   * called as soon as it is true.
   */
  boolean isReady();

  /** An event, in its turn. */
  void onNext(AnswerEvent event);

  /** The end, behind the last event that there is; or the reader's own failure. */
  void onError(RagException failure);

  /** The end of an answer that was written to its end. */
  void onCompleted();
}
