package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.server.config.AnswersConfig;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.ResumeAskRequest;
import dev.ragline.v1.ResumeAskResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that go on after they broke, and answers that can be read again. */
@Timeout(60)
class ResumeTest {
  private static final String ID = UUID.randomUUID().toString();
  private static final String NAME = "corpora/faq/answers/" + ID;
  private static final int WORDS = 6;

  @TempDir Path folder;
  private final SteppedAnswerer answerer = new SteppedAnswerer(WORDS);

  private TestServer server() {
    TestServer server = TestServer.in(folder).withAnswerer(answerer).start();
    server.createCorpus("faq");
    return server;
  }

  private static StreamAskRequest question(OnDisconnect onDisconnect) {
    return StreamAskRequest.newBuilder()
        .setCorpus("corpora/faq")
        .setQuestion("Why?")
        .setAnswerId(ID)
        .setOnDisconnect(onDisconnect)
        .build();
  }

  private static ResumeAskRequest behind(long sequence) {
    ResumeAskRequest.Builder request = ResumeAskRequest.newBuilder().setAnswer(NAME);
    return (sequence < 0 ? request : request.setAfterSequence(sequence)).build();
  }

  private static List<AnswerEvent> resume(TestServer server, long after) {
    List<AnswerEvent> events = new ArrayList<>();
    Iterator<ResumeAskResponse> responses = server.questions().resumeAsk(behind(after));
    responses.forEachRemaining(response -> events.add(response.getEvent()));
    return events;
  }

  private static List<AnswerEvent> ask(TestServer server, StreamAskRequest question) {
    List<AnswerEvent> events = new ArrayList<>();
    server
        .questions()
        .streamAsk(question)
        .forEachRemaining(response -> events.add(response.getEvent()));
    return events;
  }

  /** Asks, reads so many events, and cuts the call. */
  private static List<AnswerEvent> askAndCut(
      TestServer server, StreamAskRequest question, int events) {
    List<AnswerEvent> seen = new ArrayList<>();
    try (Context.CancellableContext caller = Context.current().withCancellation()) {
      caller.run(
          () -> {
            Iterator<StreamAskResponse> stream = server.questions().streamAsk(question);
            while (seen.size() < events) {
              seen.add(stream.next().getEvent());
            }
          });
    }
    return seen;
  }

  private static Answer get(TestServer server) {
    return server
        .questions()
        .getAnswer(GetAnswerRequest.newBuilder().setName(NAME).build())
        .getAnswer();
  }

  private static void assertNotHeld(Failure failure) {
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).isEqualTo("ANSWER_NOT_HELD");
    assertThat(failure.resource()).isEqualTo(NAME);
  }

  @Test
  void resumeAsk_finishedAnswerBehindEverySequence_givesTheRestByteForByte() {
    answerer.step(WORDS);
    try (TestServer server = server()) {
      List<AnswerEvent> all = ask(server, question(OnDisconnect.ON_DISCONNECT_CANCEL));
      assertThat(all).hasSize(WORDS + 3);
      assertThat(all).extracting(AnswerEvent::getAnswer).containsOnly(NAME);
      assertThat(all.getLast().getCompleted().getAnswer().getName()).isEqualTo(NAME);

      for (int after = -1; after < all.size(); after++) {
        List<byte[]> rest = resume(server, after).stream().map(AnswerEvent::toByteArray).toList();
        assertThat(rest)
            .usingRecursiveComparison()
            .isEqualTo(
                all.subList(after + 1, all.size()).stream().map(AnswerEvent::toByteArray).toList());
      }
      assertThat(get(server)).isEqualTo(all.getLast().getCompleted().getAnswer());
      assertThat(answerer.asked).hasValue(1);
    }
  }

  @Test
  void resumeAsk_callCutAndAnswerContinued_givesTheRest() {
    try (TestServer server = server()) {
      answerer.step(2);
      List<AnswerEvent> events =
          askAndCut(server, question(OnDisconnect.ON_DISCONNECT_CONTINUE), 4);
      answerer.step(WORDS - 2);

      events.addAll(resume(server, 3));

      assertThat(events)
          .extracting(AnswerEvent::getSequence)
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
      assertThat(events.getLast().getCompleted().getAnswer().getText())
          .isEqualTo("w0 w1 w2 w3 w4 w5 ");
      assertThat(answerer.asked).hasValue(1);
    }
  }

  @Test
  void resumeAsk_callCutByDefault_endsBehindWhatIsHeldWithAStatus() {
    try (TestServer server = server()) {
      answerer.step(2);
      List<AnswerEvent> events =
          askAndCut(server, question(OnDisconnect.ON_DISCONNECT_UNSPECIFIED), 4);
      answerer.awaitStopped();
      List<AnswerEvent> again = new ArrayList<>();

      Failure failure =
          Failure.of(
              () ->
                  server
                      .questions()
                      .resumeAsk(behind(-1))
                      .forEachRemaining(response -> again.add(response.getEvent())));

      assertThat(again).isEqualTo(events);
      assertThat(failure.code()).isEqualTo(Status.Code.ABORTED);
      assertThat(failure.reason()).isEqualTo("ANSWER_STOPPED");
      assertThat(Failure.of(() -> get(server)).code()).isEqualTo(Status.Code.ABORTED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OnDisconnect.class,
      names = {"ON_DISCONNECT_CANCEL", "ON_DISCONNECT_CONTINUE"})
  void resumeAsk_otherReadersComeAndLeave_leaveTheFirstOnesStreamAlone(OnDisconnect onDisconnect) {
    try (TestServer server = server()) {
      Iterator<StreamAskResponse> stream = server.questions().streamAsk(question(onDisconnect));
      List<AnswerEvent> events = new ArrayList<>();
      for (int word = 0; word < WORDS; word++) {
        answerer.step(1);
        while (events.size() < word + 3) {
          events.add(stream.next().getEvent());
        }
        assertThat(resumeAndCut(server, events.size())).isEqualTo(events);
      }
      stream.forEachRemaining(response -> events.add(response.getEvent()));

      assertThat(events.getLast().getCompleted().getAnswer().getText())
          .isEqualTo("w0 w1 w2 w3 w4 w5 ");
      assertThat(resume(server, -1)).isEqualTo(events);
    }
  }

  /** Resumes from the beginning, reads so many events, and cuts the call. */
  private static List<AnswerEvent> resumeAndCut(TestServer server, int events) {
    List<AnswerEvent> seen = new ArrayList<>();
    try (Context.CancellableContext caller = Context.current().withCancellation()) {
      caller.run(
          () -> {
            Iterator<ResumeAskResponse> stream = server.questions().resumeAsk(behind(-1));
            while (seen.size() < events) {
              seen.add(stream.next().getEvent());
            }
          });
    }
    return seen;
  }

  @Test
  void cancelAnswer_whileItGoesOn_stopsIt() {
    try (TestServer server = server()) {
      answerer.step(1);
      var _ = askAndCut(server, question(OnDisconnect.ON_DISCONNECT_CONTINUE), 3);
      Failure running = Failure.of(() -> get(server));
      assertThat(running.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(running.reason()).isEqualTo("ANSWER_RUNNING");

      CancelAnswerRequest cancel = CancelAnswerRequest.newBuilder().setName(NAME).build();
      var _ = server.questions().cancelAnswer(cancel);

      answerer.awaitStopped();
      assertThat(Failure.of(() -> resume(server, 2)).reason()).isEqualTo("ANSWER_STOPPED");
      var _ = server.questions().cancelAnswer(cancel);
    }
  }

  @Test
  void streamAsk_deadlineOfAnAnswerThatGoesOn_stopsIt() {
    try (TestServer server = server()) {
      StatusRuntimeException late =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  server
                      .questions()
                      .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                      .streamAsk(question(OnDisconnect.ON_DISCONNECT_CONTINUE))
                      .forEachRemaining(event -> {}));
      assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      answerer.awaitStopped();

      assertThat(Failure.of(() -> resume(server, 1)).code())
          .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void getAnswer_ofAskAllAtOnce_isThatAnswer() {
    answerer.step(WORDS);
    try (TestServer server = server()) {
      AskRequest question =
          AskRequest.newBuilder().setCorpus("corpora/faq").setQuestion("Why?").build();
      Answer answer = server.questions().ask(question).getAnswer();

      assertThat(answer.getText()).isEqualTo("w0 w1 w2 w3 w4 w5 ");
      assertThat(
              server
                  .questions()
                  .getAnswer(GetAnswerRequest.newBuilder().setName(answer.getName()).build())
                  .getAnswer())
          .isEqualTo(answer);
    }
  }

  @Test
  void getAnswer_afterARestart_isTheSame() {
    answerer.step(WORDS);
    List<AnswerEvent> all;
    try (TestServer server = server()) {
      all = ask(server, question(OnDisconnect.ON_DISCONNECT_CANCEL));
    }
    try (TestServer restarted = TestServer.in(folder).withAnswerer(answerer).start()) {
      assertThat(get(restarted)).isEqualTo(all.getLast().getCompleted().getAnswer());
      assertThat(resume(restarted, 2)).isEqualTo(all.subList(3, all.size()));
    }
  }

  @Test
  void deleteCorpus_withAnswers_takesThemAlong() {
    answerer.step(WORDS);
    try (TestServer server = server()) {
      var _ = ask(server, question(OnDisconnect.ON_DISCONNECT_CANCEL));

      var _ =
          server
              .corpora()
              .deleteCorpus(DeleteCorpusRequest.newBuilder().setName("corpora/faq").build());

      assertThat(Failure.of(() -> get(server)).reason()).isEqualTo("CORPUS_NOT_FOUND");
      server.createCorpus("faq");
      assertNotHeld(Failure.of(() -> get(server)));
      assertNotHeld(Failure.of(() -> resume(server, -1)));
    }
  }

  @Test
  void resumeAsk_answerOfAnotherServer_isNotHeld() {
    try (TestServer server = server()) {
      assertNotHeld(Failure.of(() -> resume(server, 3)));
      assertNotHeld(Failure.of(() -> get(server)));
      assertNotHeld(
          Failure.of(
              () ->
                  server
                      .questions()
                      .cancelAnswer(CancelAnswerRequest.newBuilder().setName(NAME).build())));
    }
  }

  @Test
  void resumeAsk_sequenceThatWasNeverSent_isRefused() {
    answerer.step(WORDS);
    try (TestServer server = server()) {
      List<AnswerEvent> all = ask(server, question(OnDisconnect.ON_DISCONNECT_CANCEL));

      Failure failure = Failure.of(() -> resume(server, all.size()));

      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).containsExactly("after_sequence");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "corpora/faq",
        "corpora/faq/answers",
        "corpora/faq/answers/1-1-1-1-1",
        "corpora/faq/documents/5c4e5b9e-9d5c-4c5b-8d1e-3f6a2b1c0d9e",
        "corpora/../answers/5c4e5b9e-9d5c-4c5b-8d1e-3f6a2b1c0d9e",
        "corpora/faq/answers/5c4e5b9e-9d5c-4c5b-8d1e-3f6a2b1c0d9e/x"
      })
  void getAnswer_whatIsNoName_isRefused(String name) {
    try (TestServer server = server()) {
      Failure failure =
          Failure.of(
              () ->
                  server
                      .questions()
                      .getAnswer(GetAnswerRequest.newBuilder().setName(name).build()));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).containsExactly("name");
    }
  }

  @Test
  void streamAsk_nameThatIsTakenOrNone_isRefused() {
    answerer.step(WORDS);
    try (TestServer server = server()) {
      StreamAskRequest question = question(OnDisconnect.ON_DISCONNECT_CANCEL);
      var _ = ask(server, question);

      Failure taken = Failure.of(() -> ask(server, question));
      assertThat(taken.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
      assertThat(taken.reason()).isEqualTo("ANSWER_EXISTS");
      Failure none =
          Failure.of(() -> ask(server, question.toBuilder().setAnswerId("mine").build()));
      assertThat(none.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(answerer.asked).hasValue(1);
    }
  }

  @Test
  void streamAsk_silentWriter_sendsHeartbeatsThatCount() {
    AnswersConfig usual = AnswersConfig.DEFAULT;
    AnswersConfig quick =
        new AnswersConfig(
            usual.logBytes(),
            usual.memoryBytes(),
            usual.memorySeconds(),
            usual.diskBytes(),
            usual.diskSeconds(),
            1,
            usual.leaseSeconds(),
            usual.maxContinued());
    try (TestServer server =
        TestServer.in(folder).withAnswerer(answerer).withAnswers(quick).start()) {
      server.createCorpus("faq");
      Iterator<StreamAskResponse> stream =
          server.questions().streamAsk(question(OnDisconnect.ON_DISCONNECT_CANCEL));
      List<AnswerEvent> events = new ArrayList<>();
      while (events.stream().filter(AnswerEvent::hasHeartbeat).count() < 2) {
        events.add(stream.next().getEvent());
      }
      answerer.step(WORDS);
      stream.forEachRemaining(response -> events.add(response.getEvent()));

      assertThat(events.get(2).hasHeartbeat()).isTrue();
      assertThat(events.get(3).hasHeartbeat()).isTrue();
      assertThat(events.get(4).getTextDelta().getText()).isEqualTo("w0 ");
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).getSequence()).isEqualTo(i);
      }
      assertThat(resume(server, 1)).isEqualTo(events.subList(2, events.size()));
    }
  }
}
