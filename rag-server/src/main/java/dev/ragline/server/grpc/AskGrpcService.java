package dev.ragline.server.grpc;

import dev.ragline.answering.Answerer;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Retrieval;
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
          Retrieval found =
              retriever.retrieve(
                  corpus,
                  request.getQuestion(),
                  RetrievalMapping.fromProto(request.getRetrieval()),
                  deadline);
          return RetrieveResponse.newBuilder()
              .addAllPassages(RetrievalMapping.passages(corpus, found.passages()))
              .addAllStages(RetrievalMapping.stages(found.stages()))
              .build();
        });
  }

  @Override
  public void ask(AskRequest request, StreamObserver<AskResponse> observer) {
    calls.unary(
        observer,
        deadline ->
            AskResponse.newBuilder()
                .setAnswer(
                    AnswerMapping.toProto(
                        answerer.answer(
                            ResourceNames.corpus("corpus", request.getCorpus()),
                            request.getQuestion(),
                            RetrievalMapping.fromProto(request.getRetrieval()),
                            deadline,
                            event -> {})))
                .build());
  }

  @Override
  public void streamAsk(StreamAskRequest request, StreamObserver<StreamAskResponse> observer) {
    calls.streaming(
        observer,
        (deadline, send) ->
            answerer.answer(
                ResourceNames.corpus("corpus", request.getCorpus()),
                request.getQuestion(),
                RetrievalMapping.fromProto(request.getRetrieval()),
                deadline,
                event ->
                    send.accept(
                        StreamAskResponse.newBuilder()
                            .setEvent(AnswerMapping.toProto(event))
                            .build())));
  }
}
