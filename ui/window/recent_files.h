#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QMenu;

namespace circuitloom::ui {

/// The experiments that were opened or saved last, the newest first, as a menu. They are kept in
/// the settings; files that are not there any more are left out.
class RecentFiles : public QObject
{
    Q_OBJECT

public:
    /// Fills `menu`, which must outlive it.
    explicit RecentFiles(QMenu& menu, QObject* parent = nullptr);

    /// Puts `file` at the top.
    void remember(const QString& file);
    /// The newest first, whether they are there or not.
    QStringList files() const;

Q_SIGNALS:
    void chosen(const QString& file);

private:
    void show();

    QMenu& menu_;
};

} // namespace circuitloom::ui
