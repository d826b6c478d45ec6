<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>BatchInput</name>
    <message numerus="yes">
        <source>%n number(s) that get no message.</source>
        <translation>
            <numerusform>%n number that gets no message.</numerusform>
            <numerusform>%n numbers that get no message.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message numerus="yes">
        <source>%n answer(s) with 429 so far; those rows are sent again, first of all.</source>
        <translation>
            <numerusform>%n answer with 429 so far; that row is sent again, first of all.</numerusform>
            <numerusform>%n answers with 429 so far; those rows are sent again, first of all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nobody knows whether %n row(s) were sent, and they are never sent again by themselves. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</source>
        <translation>
            <numerusform>Nobody knows whether %n row was sent, and it is never sent again by itself. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</numerusform>
            <numerusform>Nobody knows whether %n rows were sent, and they are never sent again by themselves. To find out: a delivery status in the Delivery column proves that the message went out; otherwise look for the number in AI Studio&apos;s conversation reports.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) %1 h</source>
        <translation>
            <numerusform>%n day %1 h</numerusform>
            <numerusform>%n days %1 h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n session(s) per second</source>
        <translation>
            <numerusform>At most %n session per second</numerusform>
            <numerusform>At most %n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) with 429; their rows were put back and sent again.</source>
        <translation>
            <numerusform>%n answer with 429; its row was put back and sent again.</numerusform>
            <numerusform>%n answers with 429; their rows were put back and sent again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message numerus="yes">
        <source>Not valid UTF-8: %n place(s), the first at byte %1, are shown as �. Save the file to have the bytes as they came.</source>
        <translation>
            <numerusform>Not valid UTF-8: %n place, at byte %1, is shown as �. Save the file to have the bytes as they came.</numerusform>
            <numerusform>Not valid UTF-8: %n places, the first at byte %1, are shown as �. Save the file to have the bytes as they came.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message numerus="yes">
        <source>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</source>
        <translation>
            <numerusform>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</numerusform>
            <numerusform>%n sessions may be it, and none of them alone fits the time of the send. Icebreaker does not guess.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deliveries</name>
    <message numerus="yes">
        <source>came %n time(s)</source>
        <translation>
            <numerusform>came once</numerusform>
            <numerusform>came %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deliveries</source>
        <translation>
            <numerusform>%n delivery</numerusform>
            <numerusform>%n deliveries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message numerus="yes">
        <source>%n send(s) written to %1.</source>
        <translation>
            <numerusform>%n send written to %1.</numerusform>
            <numerusform>%n sends written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address(es): %1</source>
        <translation>
            <numerusform>%n address: %1</numerusform>
            <numerusform>%n addresses: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Funnels</name>
    <message numerus="yes">
        <source>Accepted, and no status was heard; a status may belong to %n of them, but that is a guess.</source>
        <translation>
            <numerusform>Accepted, and no status was heard; a status may belong to %n of them, but that is a guess.</numerusform>
            <numerusform>Accepted, and no status was heard; a status may belong to %n of them, but that is a guess.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inbox</name>
    <message numerus="yes">
        <source>It may be asked again in %n second(s).</source>
        <translation>
            <numerusform>It may be asked again in %n second.</numerusform>
            <numerusform>It may be asked again in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Overviews</name>
    <message numerus="yes">
        <source>Each bar: %n second(s)</source>
        <translation>
            <numerusform>Each bar: %n second</numerusform>
            <numerusform>Each bar: %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each bar: %n minute(s)</source>
        <translation>
            <numerusform>Each bar: %n minute</numerusform>
            <numerusform>Each bar: %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each bar: %n hour(s)</source>
        <translation>
            <numerusform>Each bar: %n hour</numerusform>
            <numerusform>Each bar: %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each bar: %n day(s)</source>
        <translation>
            <numerusform>Each bar: %n day</numerusform>
            <numerusform>Each bar: %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message numerus="yes">
        <source>(binary data, %n byte(s))</source>
        <translation>
            <numerusform>(binary data, %n byte)</numerusform>
            <numerusform>(binary data, %n bytes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more byte(s) are in the journal.</source>
        <translation>
            <numerusform>… %n more byte is in the journal.</numerusform>
            <numerusform>… %n more bytes are in the journal.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendInput</name>
    <message numerus="yes">
        <source>“%1” is limited to its test numbers, and %n recipient(s) are none of them, the first one %2. If they are meant: --any-number.</source>
        <translation>
            <numerusform>“%1” is limited to its test numbers, and %n recipient is none of them: %2. If it is meant: --any-number.</numerusform>
            <numerusform>“%1” is limited to its test numbers, and %n recipients are none of them, the first one %2. If they are meant: --any-number.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartQuestion</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Limit: %n session(s) per second</source>
        <translation>
            <numerusform>Limit: %n session per second</numerusform>
            <numerusform>Limit: %n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) did not pass the checks and will be left out.</source>
        <translation>
            <numerusform>%n row did not pass the checks and will be left out.</numerusform>
            <numerusform>%n rows did not pass the checks and will be left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Start %n send(s)</source>
        <translation>
            <numerusform>&amp;Start %n send</numerusform>
            <numerusform>&amp;Start %n sends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>Icebreaker: support bundle of %n send(s)</source>
        <translation>
            <numerusform>Icebreaker: support bundle of %n send</numerusform>
            <numerusform>Icebreaker: support bundle of %n sends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timing</name>
    <message numerus="yes">
        <source>valid until %1 (%n day(s) left)</source>
        <translation>
            <numerusform>valid until %1 (%n day left)</numerusform>
            <numerusform>valid until %1 (%n days left)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BatchCommand</name>
    <message numerus="yes">
        <source>… and %n more row(s) that cannot be sent; --check lists them all.</source>
        <translation>
            <numerusform>… and %n more row that cannot be sent; --check lists them all.</numerusform>
            <numerusform>… and %n more rows that cannot be sent; --check lists them all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 rows can be sent, to %n person(s).</source>
        <translation>
            <numerusform>%1 of %2 rows can be sent, to %n person.</numerusform>
            <numerusform>%1 of %2 rows can be sent, to %n people.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BatchPage</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BatchSide</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::BundleWindow</name>
    <message numerus="yes">
        <source>%n line(s) of it could not be read and are left out.</source>
        <translation>
            <numerusform>%n line of it could not be read and is left out.</numerusform>
            <numerusform>%n lines of it could not be read and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::CardChooser</name>
    <message numerus="yes">
        <source>%n parameter(s) of the request had no place in this template and were left out.</source>
        <translation>
            <numerusform>%n parameter of the request had no place in this template and was left out.</numerusform>
            <numerusform>%n parameters of the request had no place in this template and were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n template card(s) were read. Choose one above.</source>
        <translation>
            <numerusform>%n template card was read. Choose it above.</numerusform>
            <numerusform>%n template cards were read. Choose one above.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::CardDialog</name>
    <message numerus="yes">
        <source>%n value(s) to fill in; %1 of %2 characters in the body.</source>
        <translation>
            <numerusform>%n value to fill in; %1 of %2 characters in the body.</numerusform>
            <numerusform>%n values to fill in; %1 of %2 characters in the body.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DeleteDialog</name>
    <message numerus="yes">
        <source>Delete %n send(s) for good? This cannot be undone.</source>
        <translation>
            <numerusform>Delete %n send for good? This cannot be undone.</numerusform>
            <numerusform>Delete %n sends for good? This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n send(s) that match “%1” for good? This cannot be undone.</source>
        <translation>
            <numerusform>Delete %n send that matches “%1” for good? This cannot be undone.</numerusform>
            <numerusform>Delete %n sends that match “%1” for good? This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n send(s) stay(s): in flight, not older than ten minutes, or of a batch that is not over.</source>
        <translation>
            <numerusform>%n send stays: in flight, not older than ten minutes, or of a batch that is not over.</numerusform>
            <numerusform>%n sends stay: in flight, not older than ten minutes, or of a batch that is not over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Delete %n send(s)</source>
        <translation>
            <numerusform>&amp;Delete %n Send</numerusform>
            <numerusform>&amp;Delete %n Sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n send(s) deleted</source>
        <translation>
            <numerusform>%1 of %n send deleted</numerusform>
            <numerusform>%1 of %n sends deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n send(s) deleted.</source>
        <translation>
            <numerusform>%n send deleted.</numerusform>
            <numerusform>%n sends deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DeliveryDesk</name>
    <message numerus="yes">
        <source>%n status(es) match no send</source>
        <translation>
            <numerusform>%n status matches no send</numerusform>
            <numerusform>%n statuses match no send</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::DoNotMessageDialog</name>
    <message numerus="yes">
        <source>%n number(s).</source>
        <translation>
            <numerusform>%n number.</numerusform>
            <numerusform>%n numbers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ExplainPane</name>
    <message numerus="yes">
        <source>Send again in %n s</source>
        <translation>
            <numerusform>Send again in %n s</numerusform>
            <numerusform>Send again in %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::FetchDialog</name>
    <message numerus="yes">
        <source>%n template(s) so far…</source>
        <translation>
            <numerusform>%n template so far…</numerusform>
            <numerusform>%n templates so far…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::FunnelView</name>
    <message numerus="yes">
        <source>A status may belong to %n of those without one, but that is a guess.</source>
        <translation>
            <numerusform>A status may belong to %n of those without one, but that is a guess.</numerusform>
            <numerusform>A status may belong to %n of those without one, but that is a guess.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::GroupsDialog</name>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n send(s)</source>
        <translation>
            <numerusform>%n send</numerusform>
            <numerusform>%n sends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::GuardDialog</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recipient(s) are no test numbers of this profile, which is limited to them. The first one is %1.</source>
        <translation>
            <numerusform>%n recipient is no test number of this profile, which is limited to them: %1.</numerusform>
            <numerusform>%n recipients are no test numbers of this profile, which is limited to them. The first one is %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::GuideDesk</name>
    <message numerus="yes">
        <source>%n keyboard shortcut(s) cannot be used: the keys are not understood, or another command has them. These commands have their defaults.</source>
        <translation>
            <numerusform>%n keyboard shortcut cannot be used: the keys are not understood, or another command has them. That command has its default.</numerusform>
            <numerusform>%n keyboard shortcuts cannot be used: the keys are not understood, or another command has them. These commands have their defaults.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::HandOnDialog</name>
    <message numerus="yes">
        <source>The %n selected send(s)</source>
        <translation>
            <numerusform>The %n selected send</numerusform>
            <numerusform>The %n selected sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the first %n send(s)</source>
        <translation>
            <numerusform>the first %n send</numerusform>
            <numerusform>the first %n sends</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ImportCommand</name>
    <message numerus="yes">
        <source>%n more were not taken.</source>
        <translation>
            <numerusform>%n more was not taken.</numerusform>
            <numerusform>%n more were not taken.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ImportDialog</name>
    <message numerus="yes">
        <source>%n status(es) found.</source>
        <translation>
            <numerusform>%n status found.</numerusform>
            <numerusform>%n statuses found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Take %n</source>
        <translation>
            <numerusform>&amp;Take %n</numerusform>
            <numerusform>&amp;Take %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more.</source>
        <translation>
            <numerusform>… and %n more.</numerusform>
            <numerusform>… and %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tied to a send</source>
        <translation>
            <numerusform>%n tied to a send</numerusform>
            <numerusform>%n tied to sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n guessed by number and time</source>
        <translation>
            <numerusform>%n guessed by number and time</numerusform>
            <numerusform>%n guessed by number and time</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tied to no send</source>
        <translation>
            <numerusform>%n tied to no send</numerusform>
            <numerusform>%n tied to no send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::InboxDesk</name>
    <message numerus="yes">
        <source>%n status(es) came in here since the start.</source>
        <translation>
            <numerusform>%n status came in here since the start.</numerusform>
            <numerusform>%n statuses came in here since the start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be recorded, and will come again.</source>
        <translation>
            <numerusform>%n could not be recorded, and will come again.</numerusform>
            <numerusform>%n could not be recorded, and will come again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) with a wrong path were turned away.</source>
        <translation>
            <numerusform>%n request with a wrong path was turned away.</numerusform>
            <numerusform>%n requests with a wrong path were turned away.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::JsonTreeModel</name>
    <message numerus="yes">
        <source>{ %n member(s) }</source>
        <translation>
            <numerusform>{ %n member }</numerusform>
            <numerusform>{ %n members }</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>[ %n item(s) ]</source>
        <translation>
            <numerusform>[ %n item ]</numerusform>
            <numerusform>[ %n items ]</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::LimitDialog</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asked for %n session(s) per second on %1.</source>
        <translation>
            <numerusform>Asked for %n session per second on %1.</numerusform>
            <numerusform>Asked for %n sessions per second on %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::MainWindow</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“%1” starts up to %n session(s) per second from now on.</source>
        <translation>
            <numerusform>“%1” starts up to %n session per second from now on.</numerusform>
            <numerusform>“%1” starts up to %n sessions per second from now on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n old send(s) deleted</source>
        <translation>
            <numerusform>%n old send deleted</numerusform>
            <numerusform>%n old sends deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ManualWindow</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ProblemBar</name>
    <message numerus="yes">
        <source>Next of %n problem(s)</source>
        <translation>
            <numerusform>Next of %n problem</numerusform>
            <numerusform>Next of %n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::ProfileDialog</name>
    <message numerus="yes">
        <source>%n session(s) per second</source>
        <translation>
            <numerusform>%n session per second</numerusform>
            <numerusform>%n sessions per second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::RateChart</name>
    <message numerus="yes">
        <source>%n send(s) in the last minute.</source>
        <translation>
            <numerusform>%n send in the last minute.</numerusform>
            <numerusform>%n sends in the last minute.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) with 429 (too many requests).</source>
        <translation>
            <numerusform>%n answer with 429 (too many requests).</numerusform>
            <numerusform>%n answers with 429 (too many requests).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::RequestImportDesk</name>
    <message numerus="yes">
        <source>The first %n are open. Import the others after these: choose them in the list.</source>
        <translation>
            <numerusform>The first one is open. Import the others after it: choose them in the list.</numerusform>
            <numerusform>The first %n are open. Import the others after these: choose them in the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::RequestImportDialog</name>
    <message numerus="yes">
        <source>%n request(s) for this API found.</source>
        <translation>
            <numerusform>%n request for this API found.</numerusform>
            <numerusform>%n requests for this API found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Open %n</source>
        <translation>
            <numerusform>&amp;Open %n</numerusform>
            <numerusform>&amp;Open %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::RunPane</name>
    <message numerus="yes">
        <source>Retry %n refused</source>
        <translation>
            <numerusform>Retry %n refused</numerusform>
            <numerusform>Retry %n refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::SettingsDialog</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::SheetPane</name>
    <message numerus="yes">
        <source>&amp;Start %n send(s)</source>
        <translation>
            <numerusform>&amp;Start %n send</numerusform>
            <numerusform>&amp;Start %n sends</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with warnings</source>
        <translation>
            <numerusform>%n with warnings</numerusform>
            <numerusform>%n with warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be sent</source>
        <translation>
            <numerusform>%n cannot be sent</numerusform>
            <numerusform>%n cannot be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n duplicate(s)</source>
        <translation>
            <numerusform>%n duplicate</numerusform>
            <numerusform>%n duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do not message</source>
        <translation>
            <numerusform>%n do not message</numerusform>
            <numerusform>%n do not message</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::UnmatchedDialog</name>
    <message numerus="yes">
        <source>%n statuses &amp;belong to this send</source>
        <translation>
            <numerusform>%n status &amp;belongs to this send</numerusform>
            <numerusform>%n statuses &amp;belong to this send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n status(es) tied. “Does Not Belong Here” in the send&apos;s timeline takes that back.</source>
        <translation>
            <numerusform>%n status tied. “Does Not Belong Here” in the send&apos;s timeline takes that back.</numerusform>
            <numerusform>%n statuses tied. “Does Not Belong Here” in the send&apos;s timeline takes that back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>icebreaker::WebhookPane</name>
    <message numerus="yes">
        <source>Asked last at %1. %n status(es) since the start.</source>
        <translation>
            <numerusform>Asked last at %1. %n status since the start.</numerusform>
            <numerusform>Asked last at %1. %n statuses since the start.</numerusform>
        </translation>
    </message>
</context>
</TS>
