package dev.ragline.client.fake;

import com.google.protobuf.Timestamp;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.CreateCorpusResponse;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.DeleteCorpusResponse;
import dev.ragline.v1.EmbeddingModel;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetCorpusResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListCorporaResponse;
import dev.ragline.v1.Metric;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.UpdateCorpusResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Corpora in a map; pages of two. */
public final class FakeCorpora extends CorpusServiceGrpc.CorpusServiceImplBase {
  private static final int PAGE = 2;

  public final NavigableMap<String, Corpus> held = new ConcurrentSkipListMap<>();
  public final AtomicInteger pagesServed = new AtomicInteger();

  @Override
  public void createCorpus(
      CreateCorpusRequest request, StreamObserver<CreateCorpusResponse> responses) {
    Corpus asked = request.getCorpus();
    Corpus corpus =
        asked.toBuilder()
            .setName("corpora/" + request.getCorpusId())
            .setMetric(
                asked.getMetric() == Metric.METRIC_UNSPECIFIED
                    ? Metric.METRIC_IP
                    : asked.getMetric())
            .setLanguage(asked.getLanguage().isEmpty() ? "auto" : asked.getLanguage())
            .setConsistency(
                asked.getConsistency() == Consistency.CONSISTENCY_UNSPECIFIED
                    ? Consistency.CONSISTENCY_SESSION
                    : asked.getConsistency())
            .setCreateTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
            .setEmbeddingModel(
                EmbeddingModel.newBuilder()
                    .setName("all-minilm-l6-v2-q")
                    .setDimension(384)
                    .setMaxTokens(256))
            .build();
    held.put(corpus.getName(), corpus);
    responses.onNext(CreateCorpusResponse.newBuilder().setCorpus(corpus).build());
    responses.onCompleted();
  }

  @Override
  public void getCorpus(GetCorpusRequest request, StreamObserver<GetCorpusResponse> responses) {
    Corpus corpus = held.get(request.getName());
    if (corpus == null) {
      responses.onError(Errors.notFound("corpus", request.getName()));
      return;
    }
    responses.onNext(GetCorpusResponse.newBuilder().setCorpus(corpus).build());
    responses.onCompleted();
  }

  @Override
  public void listCorpora(
      ListCorporaRequest request, StreamObserver<ListCorporaResponse> responses) {
    pagesServed.incrementAndGet();
    List<Corpus> rest = List.copyOf(held.tailMap(request.getPageToken(), false).values());
    ListCorporaResponse.Builder page =
        ListCorporaResponse.newBuilder().addAllCorpora(rest.stream().limit(PAGE).toList());
    if (rest.size() > PAGE) {
      page.setNextPageToken(rest.get(PAGE - 1).getName());
    }
    responses.onNext(page.build());
    responses.onCompleted();
  }

  @Override
  public void updateCorpus(
      UpdateCorpusRequest request, StreamObserver<UpdateCorpusResponse> responses) {
    Corpus corpus =
        held.computeIfPresent(
            request.getCorpus().getName(),
            (name, old) ->
                updated(old, request.getCorpus(), request.getUpdateMask().getPathsList()));
    responses.onNext(
        UpdateCorpusResponse.newBuilder()
            .setCorpus(corpus == null ? Corpus.getDefaultInstance() : corpus)
            .build());
    responses.onCompleted();
  }

  private static Corpus updated(Corpus old, Corpus wanted, List<String> paths) {
    if (paths.contains("metadata_schema")) {
      return wanted;
    }
    if (paths.contains("generation")) {
      return old.toBuilder().setGeneration(wanted.getGeneration()).build();
    }
    if (paths.contains("grounding")) {
      return old.toBuilder().setGrounding(wanted.getGrounding()).build();
    }
    return paths.contains("display_name")
        ? old.toBuilder().setDisplayName(wanted.getDisplayName()).build()
        : old.toBuilder().mergeFrom(wanted).build();
  }

  @Override
  public void deleteCorpus(
      DeleteCorpusRequest request, StreamObserver<DeleteCorpusResponse> responses) {
    if (held.remove(request.getName()) == null) {
      responses.onError(Errors.notFound("corpus", request.getName()));
      return;
    }
    responses.onNext(DeleteCorpusResponse.getDefaultInstance());
    responses.onCompleted();
  }
}
