package dev.ragline.server.grpc;

import dev.ragline.corpus.Corpora;
import dev.ragline.document.CorpusId;
import dev.ragline.document.MetadataSchema;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.grpc.Listing.Page;
import dev.ragline.store.StoredCorpus;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.CreateCorpusResponse;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.DeleteCorpusResponse;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetCorpusResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListCorporaResponse;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.UpdateCorpusResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** {@code ragline.v1.CorpusService}. */
public final class CorpusGrpcService extends CorpusServiceGrpc.CorpusServiceImplBase {
  private final Corpora corpora;
  private final AnswerLogs answers;
  private final Calls calls;

  @Inject
  CorpusGrpcService(Corpora corpora, AnswerLogs answers, Calls calls) {
    this.corpora = corpora;
    this.answers = answers;
    this.calls = calls;
  }

  @Override
  public void createCorpus(
      CreateCorpusRequest request, StreamObserver<CreateCorpusResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          CorpusId id = Fields.at("corpus_id", () -> new CorpusId(request.getCorpusId()));
          Corpus wanted = request.getCorpus();
          StoredCorpus.Active created =
              Fields.below(
                  "corpus",
                  () ->
                      corpora.create(
                          id,
                          wanted.getDisplayName(),
                          CorpusMapping.fromProto(wanted.getMetric()),
                          CorpusMapping.fromProto(wanted.getChunking()),
                          CorpusMapping.fromProto(wanted.getConsistency()),
                          CorpusMapping.language(wanted.getLanguage()),
                          MetadataSchema.of(
                              MetadataMapping.fromProto(wanted.getMetadataSchemaList())),
                          GenerationMapping.fromProto(wanted.getGeneration()),
                          CorpusMapping.fromProto(wanted.getGrounding())));
          return CreateCorpusResponse.newBuilder()
              .setCorpus(CorpusMapping.toProto(created))
              .build();
        });
  }

  @Override
  public void getCorpus(GetCorpusRequest request, StreamObserver<GetCorpusResponse> observer) {
    calls.unary(
        observer,
        deadline ->
            GetCorpusResponse.newBuilder()
                .setCorpus(
                    CorpusMapping.toProto(
                        corpora.get(ResourceNames.corpus("name", request.getName()))))
                .build());
  }

  @Override
  public void listCorpora(
      ListCorporaRequest request, StreamObserver<ListCorporaResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          int size = Listing.size(request.getPageSize());
          Listing listing = Listing.of("corpora");
          CorpusId after = listing.after(request.getPageToken(), CorpusId::new).orElse(null);
          Page<Corpus> page =
              listing.page(
                  corpora.list(after, size),
                  size,
                  CorpusMapping::toProto,
                  stored -> stored.id().value());
          return ListCorporaResponse.newBuilder()
              .addAllCorpora(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void updateCorpus(
      UpdateCorpusRequest request, StreamObserver<UpdateCorpusResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          Corpus wanted = request.getCorpus();
          CorpusId id = ResourceNames.corpus("corpus.name", wanted.getName());
          CorpusUpdate update = CorpusUpdate.of(wanted, request.getUpdateMask());
          StoredCorpus.Active updated =
              Fields.below(
                  "corpus",
                  () -> {
                    if (update.saysWhatIsFixed()
                        && corpora.get(id) instanceof StoredCorpus.Active there) {
                      update.requireAlike(there.corpus());
                    }
                    return corpora.update(id, update.change(), wanted.getEtag());
                  });
          return UpdateCorpusResponse.newBuilder()
              .setCorpus(CorpusMapping.toProto(updated))
              .build();
        });
  }

  @Override
  public void deleteCorpus(
      DeleteCorpusRequest request, StreamObserver<DeleteCorpusResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          CorpusId corpus = ResourceNames.corpus("name", request.getName());
          corpora.delete(corpus, request.getEtag());
          answers.forget(corpus);
          return DeleteCorpusResponse.getDefaultInstance();
        });
  }
}
