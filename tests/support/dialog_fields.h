#pragma once

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>

namespace circuitloom::testing {

template <class Widget>
Widget& find(const QWidget& parent, const char* name)
{
    return *parent.findChild<Widget*>(QString::fromLatin1(name));
}

/// Replaces what the line has, key by key.
inline void type(QLineEdit& edit, const char* text)
{
    edit.selectAll();
    QTest::keyClick(&edit, Qt::Key_Delete);
    QTest::keyClicks(&edit, QString::fromLatin1(text));
}

/// What a shell makes of a command line.
inline QStringList shell_words(const QString& command)
{
    QProcess shell;
    shell.start(QStringLiteral("sh"),
        { QStringLiteral("-c"), QStringLiteral("printf '%s\\n' ") + command });
    shell.waitForFinished();
    QStringList words = QString::fromUtf8(shell.readAllStandardOutput()).split(u'\n');
    words.removeLast(); // after the last line there is nothing
    return words;
}

/// What the dialog for a new run says one could type instead.
inline QString command_of(const QWidget& dialog)
{
    return find<QPlainTextEdit>(dialog, "command").toPlainText();
}

} // namespace circuitloom::testing
