package dev.ragline.server.grpc;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.function.Supplier;

/** {@code ragline.v1.AskService}. */
public final class AskGrpcService extends AskServiceGrpc.AskServiceImplBase {
  private final Retriever retriever;
  private final Answerer answerer;
  private final Calls calls;

  @Inject
  AskGrpcService(Retriever retriever, Answerer answerer, Calls calls) {
    this.retriever = retriever;
    this.answerer = answerer;
    this.calls = calls;
  }

  @Override
  public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          PassageMask mask = PassageMask.of("read_mask", request.getReadMask());
          RetrievalSpec spec =
              TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList());
          Retrieval found =
              namingTheToken(
                  () -> retriever.retrieve(corpus, request.getQuestion(), spec, deadline));
          return RetrieveResponse.newBuilder()
              .addAllPassages(mask.trim(RetrievalMapping.passages(corpus, found.passages())))
              .addAllStages(RetrievalMapping.stages(found.stages()))
              .addAllWarnings(RetrievalMapping.warnings(found.warnings()))
              .addAllCandidates(TraceMapping.toProto(corpus, found.candidates()))
              .setRewrittenQuestion(Objects.requireNonNullElse(found.rewrittenQuestion(), ""))
              .build();
        });
  }

  @Override
  public void ask(AskRequest request, StreamObserver<AskResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          AnswerSpec spec =
              new AnswerSpec(
                  TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList()),
                  AnswerMapping.fromProto(request.getGrounding()));
          Answer answer =
              namingTheToken(
                  () ->
                      answerer.answer(corpus, request.getQuestion(), spec, deadline, event -> {}));
          return AskResponse.newBuilder().setAnswer(AnswerMapping.toProto(answer)).build();
        });
  }

  @Override
  public void streamAsk(StreamAskRequest request, StreamObserver<StreamAskResponse> observer) {
    calls.streaming(
        observer,
        (deadline, send) -> {
          CorpusId corpus = ResourceNames.corpus("corpus", request.getCorpus());
          AnswerSpec spec =
              new AnswerSpec(
                  TransformMapping.fromProto(request.getRetrieval(), request.getHistoryList()),
                  AnswerMapping.fromProto(request.getGrounding()));
          var _ =
              namingTheToken(
                  () ->
                      answerer.answer(
                          corpus,
                          request.getQuestion(),
                          spec,
                          deadline,
                          event -> send.accept(response(event))));
        });
  }

  private static StreamAskResponse response(AnswerEvent event) {
    return StreamAskResponse.newBuilder().setEvent(AnswerMapping.toProto(event)).build();
  }

  /** The store, which reads the token, does not know where in a request it stands. */
  private static <T> T namingTheToken(Supplier<T> work) {
    return Fields.calling("consistency_token", "retrieval.consistency_token", work);
  }
}
