package dev.ragline.parsing;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** Markdown reduced to the text that a reader sees. */
public final class PlainText {
  private static final Parser PARSER = Parser.builder().build();

  private PlainText() {}

  /** The text without markup; links and images keep their text. */
  public static String of(String markdown) {
    Collector collector = new Collector();
    PARSER.parse(markdown).accept(collector);
    return collector.text.toString().strip();
  }

  private static final class Collector extends AbstractVisitor {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append(' ');
    }

    @Override
    protected void visitChildren(org.commonmark.node.Node parent) {
      super.visitChildren(parent);
      if (parent instanceof org.commonmark.node.Block) {
        text.append(' ');
      }
    }
  }
}
