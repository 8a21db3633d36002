// The first four are fine: a name, a number, an object's name, a text that is translated.
void some_of_them(QLabel& label)
{
    label.setText(QStringLiteral("Circuitloom"));
    label.setText(QStringLiteral("%1 · %2"));
    label.setObjectName(QStringLiteral("label"));
    label.setToolTip(tr("Says hello"));
    label.setText(QStringLiteral("Hello"));
    new QLabel(QStringLiteral("Strongest"), &label);
    menu.addAction(
        u"Open…");
    throw InputError("There is no " + name + ".");
}
