#include "ui/savedfiltermenu.h"

#include "ui/savedfiltersdialog.h"

#include <QInputDialog>
#include <QMessageBox>

#include <algorithm>
#include <utility>

namespace icebreaker {

using namespace Qt::StringLiterals;

SavedFilterMenu::SavedFilterMenu(QString folder, QWidget *parent)
    : QMenu(parent)
    , m_folder(std::move(folder))
{
    setObjectName(u"savedFilterMenu"_s);
    setTitle(tr("&Saved Filters"));
    setToolTipsVisible(true);
    // Another window may have saved some.
    connect(this, &QMenu::aboutToShow, this, &SavedFilterMenu::fill);
    fill();
}

void SavedFilterMenu::setCurrent(const QString &text, bool isValid)
{
    m_text = text.trimmed();
    m_isValid = isValid;
}

void SavedFilterMenu::fill()
{
    if (auto loaded = loadSavedFilters(m_folder))
        m_filters = *loaded;
    clear();
    for (const SavedFilter &filter : std::as_const(m_filters)) {
        QString name = filter.name;
        QAction *action = addAction(name.replace(u'&', u"&&"_s));
        action->setToolTip(filter.text);
        action->setCheckable(true);
        action->setChecked(filter.text == m_text);
        connect(action, &QAction::triggered, this,
                [this, text = filter.text] { emit chosen(text); });
    }
    if (m_filters.isEmpty())
        addAction(tr("None is saved yet"))->setEnabled(false);
    addSeparator();
    QAction *save = addAction(tr("&Save This Filter…"), this, &SavedFilterMenu::saveCurrent);
    save->setObjectName(u"saveFilterAction"_s);
    save->setEnabled(m_isValid && !m_text.isEmpty());
    QAction *manage = addAction(tr("&Rename or Delete…"), this, &SavedFilterMenu::manage);
    manage->setObjectName(u"manageFiltersAction"_s);
    manage->setEnabled(!m_filters.isEmpty());
}

void SavedFilterMenu::saveCurrent()
{
    const auto known =
        std::find_if(m_filters.cbegin(), m_filters.cend(),
                     [this](const SavedFilter &each) { return each.text == m_text; });
    bool isGiven = false;
    const QString name =
        QInputDialog::getText(parentWidget(), tr("Save This Filter"),
                              tr("&Name for “%1”:").arg(m_text), QLineEdit::Normal,
                              known != m_filters.cend() ? known->name : QString(), &isGiven)
            .simplified();
    if (!isGiven || name.isEmpty())
        return;
    const bool isTaken = std::any_of(m_filters.cbegin(), m_filters.cend(), [&](const auto &each) {
        return each.name.compare(name, Qt::CaseInsensitive) == 0 && each.text != m_text;
    });
    if (isTaken
        && QMessageBox::question(parentWidget(), tr("Save This Filter"),
                                 tr("There is a filter “%1” already. Replace it?").arg(name))
            != QMessageBox::Yes)
        return;
    store(withFilter(m_filters, {name, m_text}));
}

void SavedFilterMenu::manage()
{
    SavedFiltersDialog dialog(m_filters, parentWidget());
    if (dialog.exec() == QDialog::Accepted)
        store(dialog.filters());
}

/// The menu is filled again before it is shown: one of its actions is at work just now.
void SavedFilterMenu::store(const QList<SavedFilter> &filters)
{
    const auto saved = saveSavedFilters(m_folder, filters);
    if (!saved)
        emit failed(saved.error());
}

} // namespace icebreaker
