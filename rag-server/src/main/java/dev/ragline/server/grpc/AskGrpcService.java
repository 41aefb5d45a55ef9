package dev.ragline.server.grpc;

import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.server.answers.AnswerLog;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.CancelAnswerResponse;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.GetAnswerResponse;
import dev.ragline.v1.ResumeAskRequest;
import dev.ragline.v1.ResumeAskResponse;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.Objects;

/** {@code ragline.v1.AskService}. */
public final class AskGrpcService extends AskServiceGrpc.AskServiceImplBase {
  private final Retriever retriever;
  private final Answerer answerer;
  private final AnswerCalls answers;
  private final Calls calls;

  @Inject
  AskGrpcService(Retriever retriever, Answerer answerer, AnswerCalls answers, Calls calls) {
    this.retriever = retriever;
    this.answerer = answerer;
    this.answers = answers;
    this.calls = calls;
  }

  @Override
  public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> observer) {
    calls.unary(
        observer,
        call -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          PassageMask mask = PassageMask.of("read_mask", request.getReadMask());
          RetrievalSpec spec =
              TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList());
          Retrieval found = retrieve(corpus, request.getQuestion(), spec, call);
          TraceMapping.Told candidates = TraceMapping.toProto(corpus, found.candidates());
          return RetrieveResponse.newBuilder()
              .addAllPassages(
                  PassageBounds.within(
                      mask.trim(RetrievalMapping.passages(corpus, found.passages()))))
              .addAllStages(RetrievalMapping.stages(found.stages()))
              .addAllWarnings(RetrievalMapping.warnings(found.warnings()))
              .addAllCandidates(candidates.candidates())
              .setCandidatesLeftOut(candidates.leftOut())
              .setRewrittenQuestion(Objects.requireNonNullElse(found.rewrittenQuestion(), ""))
              .build();
        });
  }

  private Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Call call) {
    try {
      return retriever.retrieve(corpus, question, spec, call);
    } catch (RagException e) {
      throw namingTheToken(e);
    }
  }

  @Override
  public void ask(AskRequest request, StreamObserver<AskResponse> observer) {
    calls.unary(
        observer,
        call -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          AnswerSpec spec =
              new AnswerSpec(
                  TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList()),
                  GenerationMapping.fromProto(request.getGeneration()),
                  GroundingMapping.fromProto(request.getGrounding()));
          AnswerLog log = answers.record(corpus, call);
          write(log, corpus, request.getQuestion(), spec, call);
          return AskResponse.newBuilder().setAnswer(log.answer()).build();
        });
  }

  @Override
  public void streamAsk(StreamAskRequest request, StreamObserver<StreamAskResponse> observer) {
    calls.subscribing(
        observer,
        event -> StreamAskResponse.newBuilder().setEvent(event).build(),
        (call, stream) -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          AnswerSpec spec =
              new AnswerSpec(
                  TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList()),
                  GenerationMapping.fromProto(request.getGeneration()),
                  GroundingMapping.fromProto(request.getGrounding()));
          AnswerLog log = answers.stream(corpus, request, call, stream);
          write(log, corpus, request.getQuestion(), spec, call);
        });
  }

  /** Writes an answer to its end, good or bad. */
  private void write(AnswerLog log, CorpusId corpus, String question, AnswerSpec spec, Call call) {
    try {
      var _ =
          answerer.answer(
              corpus, question, spec, call, event -> log.append(AnswerMapping.toProto(event)));
    } catch (RuntimeException | Error e) {
      answers.fail(log, e instanceof RagException refusal ? namingTheToken(refusal) : e);
      return;
    }
    answers.complete(log);
  }

  @Override
  public void resumeAsk(ResumeAskRequest request, StreamObserver<ResumeAskResponse> observer) {
    calls.subscribing(
        observer,
        event -> ResumeAskResponse.newBuilder().setEvent(event).build(),
        (call, stream) ->
            answers.resume(
                ResourceNames.answer("answer", request.getAnswer()),
                request.hasAfterSequence() ? request.getAfterSequence() : -1,
                call,
                stream));
  }

  @Override
  public void getAnswer(GetAnswerRequest request, StreamObserver<GetAnswerResponse> observer) {
    calls.unary(
        observer,
        call ->
            GetAnswerResponse.newBuilder()
                .setAnswer(answers.get(ResourceNames.answer("name", request.getName()), call))
                .build());
  }

  @Override
  public void cancelAnswer(
      CancelAnswerRequest request, StreamObserver<CancelAnswerResponse> observer) {
    calls.unary(
        observer,
        call -> {
          answers.cancel(ResourceNames.answer("name", request.getName()));
          return CancelAnswerResponse.getDefaultInstance();
        });
  }

  /** The store, which reads the token, does not know where in a request it stands. */
  private static RagException namingTheToken(RagException failure) {
    return Fields.renamed(
        failure,
        within -> within.equals("consistency_token") ? "retrieval.consistency_token" : within);
  }
}
