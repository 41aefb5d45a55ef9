package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.bench.SquadFile.Question;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.HybridRetriever;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.transform.Hyde;
import dev.ragline.transform.QueryTransforms;
import dev.ragline.transform.Rewriting;
import dev.ragline.transform.Turn;
import dev.ragline.transform.Turn.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what further queries and a history give and take; in this process, without an LLM. */
@Command(
    name = "rag-bench/run queries",
    description = "Measures further queries and follow-up questions on a SQuAD file.",
    mixinStandardHelpOptions = true)
public final class QueryBenchmark implements Callable<Integer> {
  private static final CorpusId CORPUS = new CorpusId("bench");

  @Parameters(paramLabel = "FILE", description = "Questions in the JSON of SQuAD.")
  private Path file = Path.of("");

  @Option(names = "--questions", defaultValue = "600", description = "A case; default 600.")
  private int count;

  @Option(names = "--seed", defaultValue = "7", description = "Of the choice (default 7).")
  private long seed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new QueryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SquadFile squad = SquadFile.read(file);
    Path folder = Files.createTempDirectory("rag-bench-queries");
    try (Embedder embedder =
            OnnxEmbedder.open("all-minilm-l6-v2", BenchExecution.SHARED.compute());
        ChunkStore store =
            LuceneChunkStore.open(new LuceneStoreConfig(folder), BenchExecution.SHARED)) {
      fill(store, embedder, squad);
      measure(new HybridRetriever(embedder, store, BenchExecution.SHARED), squad);
    }
    Folders.delete(folder);
    return 0;
  }

  private static void fill(ChunkStore store, Embedder embedder, SquadFile squad) {
    InstantSource clock = InstantSource.system();
    Chunking whole = new Chunking.Separator("\u0001");
    var _ =
        new Corpora(store, embedder, clock)
            .create(CORPUS, "", Metric.IP, whole, Consistency.SESSION, null, MetadataSchema.EMPTY);
    Ingestor ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            IngestConfig.DEFAULT,
            BenchExecution.SHARED);
    for (SquadFile.Paragraph paragraph : squad.paragraphs()) {
      DocumentId id = new DocumentId(paragraph.id());
      byte[] text = paragraph.text().getBytes(UTF_8);
      Upload upload = new Upload(id, MediaType.PLAIN_TEXT, null, "", "", "", text);
      var _ = ingestor.ingest(CORPUS, upload, Call.UNLIMITED);
    }
  }

  private void measure(Retriever retriever, SquadFile squad) {
    Random random = new Random(seed);
    List<Question> all = new ArrayList<>(squad.questions());
    Collections.shuffle(all, random);
    QueryCases cases = new QueryCases(all);
    List<Question> some = all.subList(0, Math.min(count, all.size()));
    List<Question> paired = some(all, question -> !cases.sameAnswer(question).isEmpty());
    List<Question> named = some(all, question -> cases.pronounFor(question).isPresent());
    System.out.println("| case | questions | hit@1 | hit@3 |\n|---|---|---|---|");
    row(retriever, "these, alone", paired, q -> q.text(), q -> QueryTransforms.NONE);
    row(retriever, "another wording", paired, q -> q.text(), q -> also(cases.sameAnswer(q), 1));
    row(retriever, "up to 3", paired, q -> q.text(), q -> also(cases.sameAnswer(q), 3));
    row(retriever, "these, alone", some, q -> q.text(), q -> QueryTransforms.NONE);
    row(retriever, "a vague one", some, q -> q.text(), q -> also(QueryCases.VAGUE, 1));
    row(retriever, "two vague ones", some, q -> q.text(), q -> also(QueryCases.VAGUE, 2));
    row(retriever, "half the words", some, q -> q.text(), q -> also(QueryCases.half(q), 1));
    row(retriever, "the title", some, q -> q.text(), q -> also(List.of(q.paragraph().title()), 1));
    row(retriever, "foreign history", some, q -> q.text(), q -> after(cases.foreign(q)));
    row(retriever, "with the name", named, q -> q.text(), q -> QueryTransforms.NONE);
    row(retriever, "with a pronoun", named, cases::pronoun, q -> QueryTransforms.NONE);
    row(retriever, "after a turn", named, cases::pronoun, q -> after(cases.before(q, 1)));
    row(retriever, "after 3 turns", named, cases::pronoun, q -> after(cases.before(q, 3)));
  }

  private List<Question> some(List<Question> all, Function<Question, Boolean> fit) {
    return all.stream().filter(fit::apply).limit(count).toList();
  }

  private static QueryTransforms also(List<String> queries, int most) {
    List<String> first = queries.subList(0, Math.min(most, queries.size()));
    return new QueryTransforms(first, List.of(), Rewriting.OFF, Hyde.OFF);
  }

  private static QueryTransforms after(List<Question> before) {
    List<Turn> turns = new ArrayList<>();
    for (Question question : before) {
      turns.add(new Turn(Role.USER, question.text()));
      turns.add(new Turn(Role.ASSISTANT, question.plainAnswers().getFirst()));
    }
    return new QueryTransforms(List.of(), turns, Rewriting.KEY_TERMS, Hyde.OFF);
  }

  private static void row(
      Retriever retriever,
      String name,
      List<Question> questions,
      Function<Question, String> wording,
      Function<Question, QueryTransforms> transforms) {
    int first = 0;
    int third = 0;
    for (Question question : questions) {
      RetrievalSpec spec = RetrievalSpec.DEFAULT.withTransforms(transforms.apply(question));
      Retrieval found = retriever.retrieve(CORPUS, wording.apply(question), spec, Call.UNLIMITED);
      int rank =
          found.passages().stream()
              .filter(passage -> paragraph(passage).equals(question.paragraph().id()))
              .mapToInt(Passage::rank)
              .findFirst()
              .orElse(Integer.MAX_VALUE);
      first += rank == 1 ? 1 : 0;
      third += rank <= 3 ? 1 : 0;
    }
    double all = Math.max(1, questions.size());
    System.out.printf(
        "| %s | %d | %.3f | %.3f |%n", name, questions.size(), first / all, third / all);
  }

  private static String paragraph(Passage passage) {
    return passage.document().id().value();
  }
}
