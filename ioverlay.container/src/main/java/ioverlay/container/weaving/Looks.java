package ioverlay.container.weaving;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The looks of one method; used once. */
final class Looks implements CodeTransform {
    private final CodeModel code;
    private final Optional<StackMapTableAttribute> frames;

    /** Where jumps lead backwards to. */
    private final Set<Label> passed = new HashSet<>();

    Looks(CodeModel code) {
        this.code = code;
        frames = code.findAttribute(Attributes.stackMapTable());
        // Makes the labels that the stack maps refer to, before the elements with their places are asked for.
        frames.ifPresent(StackMapTableAttribute::entries);
    }

    /**
     * The look at the begin stands before everything else, so that no handler of the method covers it: a method that
     * calls itself again in its handler would otherwise catch that it is to end.
     */
    @Override
    public void atStart(CodeBuilder builder) {
        code.elementStream().filter(LineNumber.class::isInstance).findFirst().ifPresent(builder);
        builder.invokedynamic(Weaver.LOOK);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
        if (element instanceof LabelTarget place) {
            passed.add(place.label());
        } else if (element instanceof Instruction instruction && jumpsBack(instruction)) {
            builder.invokedynamic(Weaver.LOOK);
        }
        if (!(element instanceof StackMapTableAttribute)) {
            builder.with(element);
        }
    }

    private boolean jumpsBack(Instruction instruction) {
        return switch (instruction) {
            case BranchInstruction branch -> passed.contains(branch.target());
            case TableSwitchInstruction choice -> jumpsBack(choice.defaultTarget(), choice.cases());
            case LookupSwitchInstruction choice -> jumpsBack(choice.defaultTarget(), choice.cases());
            default -> false;
        };
    }

    private boolean jumpsBack(Label otherwise, List<SwitchCase> cases) {
        return passed.contains(otherwise) || cases.stream().anyMatch(each -> passed.contains(each.target()));
    }

    @Override
    public void atEnd(CodeBuilder builder) {
        frames.ifPresent(builder);
    }
}
