//! The tables as Diesel knows them; the same for both databases. `tests/it/house/schema.rs` compares them with what the migrations make.

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    policies (id) {
        id -> BigInt,
        kind -> Text,
        version -> Integer,
        from_on -> Date,
        document -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    policy_proposals (id) {
        id -> BigInt,
        kind -> Text,
        from_on -> Date,
        document -> Text,
        status -> Text,
        proposed_by -> Text,
        proposed_by_id -> Nullable<BigInt>,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    corrections (id) {
        id -> BigInt,
        request_key -> BigInt,
        kind -> Text,
        status -> Text,
        account_id -> BigInt,
        other_account_id -> Nullable<BigInt>,
        amount_cents -> BigInt,
        details -> Text,
        reason -> Text,
        note -> Text,
        seal -> Text,
        takes_two -> Bool,
        made_by -> Text,
        made_by_id -> Nullable<BigInt>,
        made_on -> Date,
        made_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Nullable<Text>,
        entry_id -> Nullable<BigInt>,
        reverses_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    dispute_proposals (id) {
        id -> BigInt,
        request_id -> BigInt,
        remedy -> Text,
        status -> Text,
        chosen_cents -> Nullable<BigInt>,
        words -> Text,
        made_by -> Text,
        made_by_id -> Nullable<BigInt>,
        made_on -> Date,
        made_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Nullable<Text>,
        credit_cents -> BigInt,
        difference_cents -> BigInt,
    }
}

diesel::table! {
    rebill_proposals (id) {
        id -> BigInt,
        bill_id -> BigInt,
        account_id -> BigInt,
        status -> Text,
        difference_cents -> BigInt,
        reason -> Text,
        made_by -> Text,
        made_by_id -> Nullable<BigInt>,
        made_on -> Date,
        made_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Nullable<Text>,
    }
}

diesel::table! {
    payment_refunds (id) {
        id -> BigInt,
        request_key -> Text,
        payment_id -> BigInt,
        account_id -> BigInt,
        amount_cents -> BigInt,
        status -> Text,
        reason -> Text,
        note -> Text,
        takes_two -> Bool,
        made_by -> Text,
        made_by_id -> Nullable<BigInt>,
        made_on -> Date,
        made_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Nullable<Text>,
        processor_reference -> Nullable<Text>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    work_marks (kind, subject_id) {
        kind -> Text,
        subject_id -> BigInt,
        owner_staff_id -> Nullable<BigInt>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    write_offs (id) {
        id -> BigInt,
        account_id -> BigInt,
        entry_id -> BigInt,
        fund -> Text,
        amount_cents -> BigInt,
        on_date -> Date,
    }
}

diesel::table! {
    fee_reversals (id) {
        id -> BigInt,
        request_key -> BigInt,
        kind -> Text,
        charged_on -> Date,
        last_entry_id -> BigInt,
        status -> Text,
        reason -> Text,
        note -> Text,
        fees -> BigInt,
        amount_cents -> BigInt,
        paid_cents -> BigInt,
        reversed -> BigInt,
        reversed_cents -> BigInt,
        made_by -> Text,
        made_by_id -> Nullable<BigInt>,
        made_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
        decided_note -> Nullable<Text>,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    deposits (id) {
        id -> BigInt,
        account_id -> BigInt,
        request_key -> BigInt,
        reason -> Text,
        fund -> Text,
        note -> Text,
        asked_on -> Date,
        made_by -> Text,
        made_at -> Timestamp,
        ended_on -> Nullable<Date>,
        earned_until -> Nullable<Date>,
    }
}

diesel::table! {
    deposit_moves (id) {
        id -> BigInt,
        deposit_id -> BigInt,
        kind -> Text,
        amount_cents -> BigInt,
        on_date -> Date,
        due_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
        entry_id -> BigInt,
        request_key -> Nullable<BigInt>,
        note -> Text,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    refund_checks (entry_id) {
        entry_id -> BigInt,
        account_id -> BigInt,
        amount_cents -> BigInt,
        asked_on -> Date,
        check_number -> Nullable<Text>,
        paid_on -> Nullable<Date>,
        paid_by -> Nullable<Text>,
        paid_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refund_check_voids (entry_id) {
        entry_id -> BigInt,
        answer_entry_id -> BigInt,
        reason -> Text,
        voided_on -> Date,
        voided_by -> Text,
        voided_at -> Timestamp,
    }
}

diesel::table! {
    staff (id) {
        id -> BigInt,
        name -> Text,
        email -> Text,
        password_hash -> Text,
        language -> Text,
        is_active -> Bool,
        created_at -> Timestamp,
        role -> Text,
    }
}

diesel::table! {
    logins (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        language -> Text,
        email_verified_at -> Nullable<Timestamp>,
        is_active -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        door -> Text,
        login_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        csrf_token -> Text,
        stage -> Text,
        created_at -> Timestamp,
        device_name -> Text,
        seen_at -> Timestamp,
        ends_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    login_devices (login_id, device_hash) {
        login_id -> BigInt,
        device_hash -> Text,
        first_at -> Timestamp,
        last_at -> Timestamp,
    }
}

diesel::table! {
    one_time_tokens (token_hash) {
        token_hash -> Text,
        purpose -> Text,
        subject -> Text,
        created_at -> Timestamp,
        ends_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    customers (id) {
        id -> BigInt,
        kind -> Text,
        name -> Text,
        given_name -> Nullable<Text>,
        language -> Text,
        mailing_address -> Nullable<Text>,
        created_at -> Timestamp,
        merged_into_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    customer_merges (id) {
        id -> BigInt,
        request_key -> Text,
        kept_id -> BigInt,
        gone_id -> BigInt,
        reason -> Text,
        took_address -> Bool,
        address_before -> Nullable<Text>,
        merged_by -> Text,
        merged_at -> Timestamp,
        merged_on -> Date,
    }
}

diesel::table! {
    customer_merge_moves (id) {
        id -> BigInt,
        merge_id -> BigInt,
        kind -> Text,
        row_id -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        was -> Text,
        was_primary_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    customer_merge_undos (merge_id) {
        merge_id -> BigInt,
        reason -> Text,
        undone_by -> Text,
        undone_at -> Timestamp,
    }
}

diesel::table! {
    line_materials (id) {
        id -> BigInt,
        premise_id -> BigInt,
        side -> Text,
        material -> Text,
        source -> Text,
        known_on -> Date,
        words -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    lead_notices (account_id, premise_id, line, told_on) {
        account_id -> BigInt,
        premise_id -> BigInt,
        line -> Text,
        told_on -> Date,
    }
}

diesel::table! {
    read_routes (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        cycle_id -> BigInt,
    }
}

diesel::table! {
    route_stops (service_point_id) {
        service_point_id -> BigInt,
        route_id -> BigInt,
        turn -> Integer,
        note -> Text,
    }
}

diesel::table! {
    name_changes (id) {
        id -> BigInt,
        customer_id -> BigInt,
        account_id -> BigInt,
        kind -> Text,
        old_name -> Text,
        new_name -> Text,
        from_on -> Date,
        document -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    responsibility_changes (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        from_on -> Date,
        reason -> Text,
        consent -> Text,
        words -> Text,
        assumed_cents -> BigInt,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    customers_apart (one_id, other_id) {
        one_id -> BigInt,
        other_id -> BigInt,
        reason -> Text,
        said_by -> Text,
        said_at -> Timestamp,
    }
}

diesel::table! {
    customer_history (id) {
        id -> BigInt,
        customer_id -> BigInt,
        name -> Text,
        given_name -> Nullable<Text>,
        language -> Text,
        mailing_address -> Nullable<Text>,
        from_on -> Date,
        until_on -> Date,
        replaced_by -> Text,
        replaced_at -> Timestamp,
    }
}

diesel::table! {
    contact_points (id) {
        id -> BigInt,
        customer_id -> BigInt,
        kind -> Text,
        value -> Text,
        search_value -> Text,
        verified_at -> Nullable<Timestamp>,
        from_on -> Date,
        until_on -> Nullable<Date>,
        primary_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    contact_proofs (id) {
        id -> BigInt,
        customer_id -> BigInt,
        login_id -> BigInt,
        kind -> Text,
        value -> Text,
        code_hash -> Text,
        code_ends_at -> Timestamp,
        tries -> Integer,
        given_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    cycles (id) {
        id -> BigInt,
        code -> Text,
        name -> Text,
        months -> Integer,
        least_days -> Integer,
        most_days -> Integer,
        read_day -> Integer,
        falls_on -> Text,
        issue_after -> Integer,
        due_after -> Integer,
    }
}

diesel::table! {
    cycle_periods (id) {
        id -> BigInt,
        cycle_id -> BigInt,
        from_on -> Date,
        read_on -> Date,
        window_opens_on -> Date,
        window_closes_on -> Date,
        issue_on -> Date,
        due_on -> Date,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        number -> Text,
        class -> Text,
        status -> Text,
        cycle_id -> BigInt,
        language -> Text,
        paper -> Bool,
        email -> Bool,
        opened_on -> Date,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    account_statuses (account_id, at, status) {
        account_id -> BigInt,
        status -> Text,
        from_on -> Date,
        at -> Timestamp,
    }
}

diesel::table! {
    account_roles (id) {
        id -> BigInt,
        account_id -> BigInt,
        customer_id -> BigInt,
        role -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        premise_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_accounts (id) {
        id -> BigInt,
        login_id -> BigInt,
        account_id -> BigInt,
        from_on -> Date,
        until_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        access -> Text,
    }
}

diesel::table! {
    account_invitations (id) {
        id -> BigInt,
        token_hash -> Text,
        account_id -> BigInt,
        offer -> Text,
        name -> Text,
        email -> Text,
        language -> Text,
        invited_by -> Text,
        invited_at -> Timestamp,
        ends_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        inviter_id -> Nullable<BigInt>,
        taken_by -> Nullable<BigInt>,
        copies_role_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    notes (id) {
        id -> BigInt,
        account_id -> BigInt,
        kind -> Text,
        text -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    calls (id) {
        id -> BigInt,
        account_id -> BigInt,
        staff_id -> BigInt,
        began_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        topic -> Nullable<Text>,
        is_solved -> Nullable<Bool>,
        note_id -> Nullable<BigInt>,
        identity_checked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    search_terms (term, account_id, kind) {
        term -> Text,
        account_id -> BigInt,
        kind -> Text,
    }
}

diesel::table! {
    premises (id) {
        id -> BigInt,
        line_1 -> Text,
        unit -> Nullable<Text>,
        city -> Text,
        state -> Text,
        postal_code -> Text,
        search_text -> Text,
        latitude -> Nullable<Text>,
        longitude -> Nullable<Text>,
        impervious_sqft -> Nullable<Text>,
        dwelling_units -> Integer,
        cycle_id -> Nullable<BigInt>,
        merged_into_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    place_merges (id) {
        id -> BigInt,
        request_key -> Text,
        kept_id -> BigInt,
        gone_id -> BigInt,
        reason -> Text,
        merged_by -> Text,
        merged_at -> Timestamp,
        merged_on -> Date,
    }
}

diesel::table! {
    place_merge_moves (id) {
        id -> BigInt,
        merge_id -> BigInt,
        kind -> Text,
        row_id -> BigInt,
        from_id -> BigInt,
        to_id -> BigInt,
        was -> Text,
    }
}

diesel::table! {
    place_merge_undos (merge_id) {
        merge_id -> BigInt,
        reason -> Text,
        undone_by -> Text,
        undone_at -> Timestamp,
    }
}

diesel::table! {
    places_apart (one_id, other_id) {
        one_id -> BigInt,
        other_id -> BigInt,
        reason -> Text,
        said_by -> Text,
        said_at -> Timestamp,
    }
}

diesel::table! {
    service_points (id) {
        id -> BigInt,
        premise_id -> BigInt,
        commodity -> Text,
        label -> Nullable<Text>,
        facts -> Text,
        feeder -> Nullable<Text>,
    }
}

diesel::table! {
    meters (id) {
        id -> BigInt,
        serial -> Text,
        kind -> Text,
        size -> Nullable<Text>,
    }
}

diesel::table! {
    registers (id) {
        id -> BigInt,
        meter_id -> BigInt,
        channel -> Text,
        external_key -> Text,
        unit -> Text,
        dials -> Integer,
        decimals -> Integer,
        multiplier -> Text,
        resolution_minutes -> Nullable<Integer>,
    }
}

diesel::table! {
    meter_installs (id) {
        id -> BigInt,
        meter_id -> BigInt,
        service_point_id -> BigInt,
        from_on -> Date,
        until_on -> Nullable<Date>,
    }
}

diesel::table! {
    service_agreements (id) {
        id -> BigInt,
        account_id -> BigInt,
        service_point_id -> BigInt,
        rate_code -> Text,
        facts -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    agreement_facts (id) {
        id -> BigInt,
        service_agreement_id -> BigInt,
        from_on -> Date,
        facts -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    service_suspensions (id) {
        id -> BigInt,
        service_agreement_id -> BigInt,
        from_on -> Date,
        until_on -> Nullable<Date>,
        reason -> Text,
    }
}

diesel::table! {
    own_numbers (kind, number) {
        kind -> Text,
        number -> Text,
        row_id -> BigInt,
    }
}

diesel::table! {
    rate_schedules (id) {
        id -> BigInt,
        code -> Text,
        version -> Integer,
        name -> Text,
        commodity -> Text,
        effective_from -> Date,
        status -> Text,
        document -> Text,
        drafted_by -> Text,
        drafted_at -> Timestamp,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        published_by -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    rate_factors (id) {
        id -> BigInt,
        code -> Text,
        from_on -> Date,
        value -> Text,
        source -> Text,
        status -> Text,
        proposed_by -> Text,
        proposed_by_id -> Nullable<BigInt>,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_by_id -> Nullable<BigInt>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        file_name -> Text,
        sha256 -> Text,
        format -> Text,
        options -> Text,
        status -> Text,
        records_done -> BigInt,
        accepted -> BigInt,
        duplicates -> BigInt,
        corrections -> BigInt,
        held -> BigInt,
        rejected -> BigInt,
        started_by -> Text,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_rejections (import_id, line, reason) {
        import_id -> BigInt,
        line -> BigInt,
        reason -> Text,
        facts -> Text,
        excerpt -> Text,
    }
}

diesel::table! {
    import_mappings (id) {
        id -> BigInt,
        name -> Text,
        document -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    reads (id) {
        id -> BigInt,
        register_id -> BigInt,
        read_on -> Date,
        read_at -> Timestamp,
        version -> Integer,
        value -> Text,
        source -> Text,
        quality -> Text,
        verdict -> Text,
        reasons -> Nullable<Text>,
        import_id -> Nullable<BigInt>,
        recorded_by -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    interval_days (register_id, day, version) {
        register_id -> BigInt,
        day -> Date,
        version -> Integer,
        packed -> Binary,
        import_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    register_days (register_id, day, version) {
        register_id -> BigInt,
        day -> Date,
        version -> Integer,
        packed -> Binary,
        import_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    ledger_entries (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        kind -> Text,
        on_date -> Date,
        posted_at -> Timestamp,
        source_kind -> Text,
        source_id -> BigInt,
        reverses_entry_id -> Nullable<BigInt>,
        receivable_cents -> BigInt,
        memo -> Nullable<Text>,
    }
}

diesel::table! {
    ledger_postings (entry_id, position) {
        entry_id -> BigInt,
        position -> Integer,
        gl_account -> Text,
        fund -> Text,
        amount_cents -> BigInt,
        due_on -> Nullable<Date>,
    }
}

diesel::table! {
    ledger_applications (entry_id, position) {
        entry_id -> BigInt,
        position -> Integer,
        credit_entry_id -> BigInt,
        debit_entry_id -> BigInt,
        debit_position -> Integer,
        amount_cents -> BigInt,
        on_date -> Date,
    }
}

diesel::table! {
    open_items (entry_id) {
        entry_id -> BigInt,
        account_id -> BigInt,
        account_class -> Text,
        due_on -> Date,
        original_cents -> BigInt,
        remaining_cents -> BigInt,
    }
}

diesel::table! {
    customer_credits (account_id) {
        account_id -> BigInt,
        account_class -> Text,
        held_cents -> BigInt,
    }
}

diesel::table! {
    bill_runs (id) {
        id -> BigInt,
        cycle_period_id -> BigInt,
        attempt -> Integer,
        status -> Text,
        cursor_account_id -> BigInt,
        accounts_total -> BigInt,
        accounts_done -> BigInt,
        bills_drafted -> BigInt,
        exceptions_found -> BigInt,
        amount_cents -> BigInt,
        started_by -> Text,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    bills (id) {
        id -> BigInt,
        number -> Text,
        account_id -> BigInt,
        run_id -> Nullable<BigInt>,
        kind -> Text,
        status -> Text,
        from_on -> Date,
        until_on -> Date,
        issued_on -> Nullable<Date>,
        due_on -> Date,
        previous_cents -> BigInt,
        total_cents -> BigInt,
        replaces_bill_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    bill_segments (bill_id, position) {
        bill_id -> BigInt,
        position -> Integer,
        service_agreement_id -> BigInt,
        commodity -> Text,
        rate_schedule_id -> BigInt,
        quantity -> Nullable<Text>,
        unit -> Nullable<Text>,
        quality -> Text,
        amount_cents -> BigInt,
        working -> Text,
    }
}

diesel::table! {
    bill_lines (bill_id, position) {
        bill_id -> BigInt,
        position -> Integer,
        segment -> Integer,
        charge -> Text,
        quantity -> Nullable<Text>,
        price -> Nullable<Text>,
        amount_cents -> BigInt,
    }
}

diesel::table! {
    bill_cancellations (bill_id) {
        bill_id -> BigInt,
        entry_id -> BigInt,
        reason -> Text,
        canceled_by -> Text,
        canceled_at -> Timestamp,
        on_date -> Date,
    }
}

diesel::table! {
    bill_deliveries (id) {
        id -> BigInt,
        bill_id -> BigInt,
        channel -> Text,
        state -> Text,
        at -> Timestamp,
        facts -> Nullable<Text>,
    }
}

diesel::table! {
    bill_documents (bill_id, kind) {
        bill_id -> BigInt,
        kind -> Text,
        language -> Text,
        sha256 -> Text,
        size_bytes -> Integer,
        packed -> Binary,
        made_by -> Text,
        made_at -> Timestamp,
        recipient -> Nullable<Text>,
    }
}

diesel::table! {
    print_batches (id) {
        id -> BigInt,
        state -> Text,
        pieces -> Integer,
        pages -> Integer,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        mailed_on -> Nullable<Date>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    print_pieces (id) {
        id -> BigInt,
        bill_id -> Nullable<BigInt>,
        notice_id -> Nullable<BigInt>,
        since_at -> Timestamp,
        batch_id -> Nullable<BigInt>,
        ending -> Nullable<Text>,
        wrong_recipient -> Nullable<Text>,
        trouble -> Nullable<Text>,
    }
}

diesel::table! {
    print_waits (id) {
        id -> BigInt,
        first_bill_id -> BigInt,
        last_bill_id -> BigInt,
        bills -> Integer,
        since_at -> Timestamp,
    }
}

diesel::table! {
    print_items (batch_id, position) {
        batch_id -> BigInt,
        position -> Integer,
        piece_id -> BigInt,
        account_id -> Nullable<BigInt>,
        code -> Text,
        recipient -> Text,
        language -> Text,
        first_page -> Integer,
        pages -> Integer,
        is_readdressed -> Bool,
    }
}

diesel::table! {
    print_pulls (batch_id, position) {
        batch_id -> BigInt,
        position -> Integer,
        reason -> Text,
        note -> Text,
        pulled_by -> Text,
        pulled_at -> Timestamp,
    }
}

diesel::table! {
    print_letters (batch_id, piece_id) {
        batch_id -> BigInt,
        piece_id -> BigInt,
        subject -> Text,
        body -> Nullable<Text>,
        packed -> Binary,
    }
}

diesel::table! {
    joint_payments (id) {
        id -> BigInt,
        request_key -> Text,
        amount_cents -> BigInt,
    }
}

diesel::table! {
    payments (id) {
        id -> BigInt,
        number -> Text,
        account_id -> BigInt,
        amount_cents -> BigInt,
        channel -> Text,
        tender -> Text,
        tender_label -> Nullable<Text>,
        processor -> Text,
        processor_reference -> Nullable<Text>,
        session_reference -> Nullable<Text>,
        request_key -> Nullable<Text>,
        checkout_url -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        requested_by -> Text,
        requested_at -> Timestamp,
        requested_on -> Date,
        state -> Text,
        processed_at -> Nullable<Timestamp>,
        failure -> Nullable<Text>,
        joint_payment_id -> Nullable<BigInt>,
        joint_place -> Integer,
    }
}

diesel::table! {
    payment_moves (id) {
        id -> BigInt,
        payment_id -> BigInt,
        state -> Text,
        at -> Timestamp,
        on_date -> Date,
        reason -> Nullable<Text>,
        entry_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    payment_methods (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        tender -> Text,
        processor -> Text,
        customer_reference -> Nullable<Text>,
        session_reference -> Nullable<Text>,
        checkout_url -> Nullable<Text>,
        processor_reference -> Nullable<Text>,
        brand -> Nullable<Text>,
        last4 -> Nullable<Text>,
        expires_on -> Nullable<Date>,
        bank_name -> Nullable<Text>,
        bank_kind -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        state -> Text,
        is_default -> Bool,
        asked_by -> Text,
        asked_at -> Timestamp,
        attached_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        ended_because -> Nullable<Text>,
        login_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    autopay_enrolments (id) {
        id -> BigInt,
        account_id -> BigInt,
        payment_method_id -> BigInt,
        day_of_month -> Nullable<Integer>,
        cap_cents -> Nullable<BigInt>,
        agreement -> Text,
        language -> Text,
        agreed_by -> Text,
        agreed_at -> Timestamp,
        agreed_on -> Date,
        paused_until -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_because -> Nullable<Text>,
    }
}

diesel::table! {
    autopay_charges (id) {
        id -> BigInt,
        enrolment_id -> BigInt,
        bill_id -> BigInt,
        due_on -> Date,
        charge_on -> Date,
        attempts -> Integer,
        state -> Text,
        reason -> Nullable<Text>,
        told_cents -> Nullable<BigInt>,
        told_on -> Nullable<Date>,
        amount_cents -> Nullable<BigInt>,
        payment_id -> Nullable<BigInt>,
        planned_at -> Timestamp,
    }
}

diesel::table! {
    saved_payments (payment_id) {
        payment_id -> BigInt,
        payment_method_id -> BigInt,
        autopay_charge_id -> Nullable<BigInt>,
        scheduled_payment_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    scheduled_payments (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        payment_method_id -> BigInt,
        amount_cents -> BigInt,
        pay_on -> Date,
        agreement -> Text,
        language -> Text,
        agreed_by -> Text,
        agreed_at -> Timestamp,
        agreed_on -> Date,
        state -> Text,
        reason -> Nullable<Text>,
        attempts -> Integer,
        taken_cents -> Nullable<BigInt>,
        payment_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    provider_events (id) {
        id -> Text,
        kind -> Text,
        object_id -> Text,
        session_reference -> Nullable<Text>,
        processor_reference -> Nullable<Text>,
        created_at -> Timestamp,
        api_version -> Nullable<Text>,
        is_live -> Bool,
        payload -> Text,
        received_at -> Timestamp,
        state -> Text,
        attempts -> Integer,
        next_at -> Timestamp,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    payouts (id) {
        id -> BigInt,
        processor -> Text,
        reference -> Text,
        amount_cents -> BigInt,
        arrives_on -> Date,
        status -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    processor_lines (id) {
        id -> BigInt,
        processor -> Text,
        reference -> Text,
        kind -> Text,
        source -> Nullable<Text>,
        payment_id -> Nullable<BigInt>,
        payout_id -> Nullable<BigInt>,
        amount_cents -> BigInt,
        fee_cents -> BigInt,
        created_at -> Timestamp,
        recorded_at -> Timestamp,
        entry_id -> Nullable<BigInt>,
        fee_entry_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    processor_line_entries (entry_id) {
        entry_id -> BigInt,
        processor_line_id -> BigInt,
    }
}

diesel::table! {
    processor_readings (id) {
        id -> BigInt,
        processor -> Text,
        read_at -> Timestamp,
        settled_before -> Timestamp,
        balance_cents -> BigInt,
        lines_cents -> BigInt,
    }
}

diesel::table! {
    exceptions (id) {
        id -> BigInt,
        source_key -> Text,
        kind -> Text,
        reason -> Text,
        facts -> Text,
        account_id -> Nullable<BigInt>,
        service_agreement_id -> Nullable<BigInt>,
        register_id -> Nullable<BigInt>,
        read_id -> Nullable<BigInt>,
        bill_id -> Nullable<BigInt>,
        run_id -> Nullable<BigInt>,
        priority -> Integer,
        status -> Text,
        opened_at -> Timestamp,
        opened_on -> Date,
        owner_staff_id -> Nullable<BigInt>,
        resolved_at -> Nullable<Timestamp>,
        resolved_by -> Nullable<Text>,
        resolution -> Nullable<Text>,
    }
}

diesel::table! {
    notices (id) {
        id -> BigInt,
        source_key -> Nullable<Text>,
        kind -> Text,
        account_id -> Nullable<BigInt>,
        login_id -> Nullable<BigInt>,
        channel -> Text,
        recipient -> Text,
        language -> Text,
        facts -> Text,
        subject -> Nullable<Text>,
        body -> Nullable<Text>,
        state -> Text,
        attempts -> Integer,
        created_at -> Timestamp,
        next_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        error -> Nullable<Text>,
        provider_id -> Nullable<Text>,
        delivered_at -> Nullable<Timestamp>,
        digest_id -> Nullable<BigInt>,
        filed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    alert_preferences (id) {
        id -> BigInt,
        account_id -> BigInt,
        login_id -> Nullable<BigInt>,
        kind -> Text,
        by_email -> Bool,
        by_text -> Bool,
        threshold -> Nullable<Text>,
        set_at -> Timestamp,
    }
}

diesel::table! {
    usage_budgets (id) {
        id -> BigInt,
        account_id -> BigInt,
        login_id -> BigInt,
        commodity -> Text,
        amount -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    notice_texts (id) {
        id -> BigInt,
        place -> Text,
        language -> Text,
        words -> Nullable<Text>,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    weather_days (station, day) {
        station -> Text,
        day -> Date,
        high -> Nullable<Integer>,
        low -> Nullable<Integer>,
        mean -> Integer,
    }
}

diesel::table! {
    text_numbers (id) {
        id -> BigInt,
        login_id -> BigInt,
        number -> Text,
        code_hash -> Text,
        code_ends_at -> Timestamp,
        tries -> Integer,
        added_at -> Timestamp,
        verified_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    text_consents (id) {
        id -> BigInt,
        number -> Text,
        state -> Text,
        words -> Text,
        login_id -> Nullable<BigInt>,
        at -> Timestamp,
        on_date -> Date,
    }
}

diesel::table! {
    failing_addresses (id) {
        id -> BigInt,
        address -> Text,
        channel -> Text,
        reason -> Text,
        since_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    outages (id) {
        id -> BigInt,
        request_key -> Text,
        kind -> Text,
        commodity -> Text,
        cause -> Text,
        status -> Text,
        words_en -> Text,
        words_es -> Text,
        begins_at -> Timestamp,
        expected_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        declared_at -> Timestamp,
    }
}

diesel::table! {
    outage_areas (id) {
        id -> BigInt,
        outage_id -> BigInt,
        kind -> Text,
        street -> Nullable<Text>,
        from_number -> Nullable<Integer>,
        to_number -> Nullable<Integer>,
        side -> Text,
        postal_code -> Nullable<Text>,
        cycle_id -> Nullable<BigInt>,
        feeder -> Nullable<Text>,
        corners -> Nullable<Text>,
        streets -> Nullable<Text>,
    }
}

diesel::table! {
    outage_accounts (outage_id, account_id) {
        outage_id -> BigInt,
        account_id -> BigInt,
        area_id -> BigInt,
    }
}

diesel::table! {
    outage_updates (id) {
        id -> BigInt,
        outage_id -> BigInt,
        news -> Text,
        words_en -> Text,
        words_es -> Text,
        expected_at -> Nullable<Timestamp>,
        area_id -> Nullable<BigInt>,
        at -> Timestamp,
        is_waiting -> Bool,
        told_after -> BigInt,
    }
}

diesel::table! {
    outage_reports (id) {
        id -> BigInt,
        account_id -> BigInt,
        login_id -> Nullable<BigInt>,
        commodity -> Text,
        details -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    audit_rows (id) {
        id -> BigInt,
        at -> Timestamp,
        on_date -> Date,
        actor_kind -> Text,
        actor_id -> Nullable<BigInt>,
        actor_name -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        account_id -> Nullable<BigInt>,
        facts -> Text,
        request_id -> Nullable<Text>,
    }
}

diesel::table! {
    sandbox_objects (id) {
        id -> Text,
        kind -> Text,
        parent_id -> Nullable<Text>,
        payload -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sandbox_idempotency (idempotency_key) {
        idempotency_key -> Text,
        fingerprint -> Text,
        status -> Integer,
        response -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sandbox_deliveries (id) {
        id -> BigInt,
        event_id -> Text,
        due_at -> Timestamp,
        attempts -> Integer,
        state -> Text,
    }
}

diesel::table! {
    service_requests (id) {
        id -> BigInt,
        number -> Text,
        request_key -> Text,
        account_id -> BigInt,
        kind -> Text,
        answers -> Text,
        state -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        asked_on -> Date,
        due_on -> Date,
        owner_staff_id -> Nullable<BigInt>,
        closed_at -> Nullable<Timestamp>,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    request_steps (id) {
        id -> BigInt,
        request_id -> BigInt,
        side -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        state -> Nullable<Text>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    request_photos (request_id) {
        request_id -> BigInt,
        media_type -> Text,
        sha256 -> Text,
        size_bytes -> Integer,
        bytes -> Binary,
        sent_by -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    bill_disputes (request_id) {
        request_id -> BigInt,
        bill_id -> BigInt,
        reason -> Text,
        lines -> Text,
        amount_cents -> BigInt,
        outcome -> Nullable<Text>,
        freed_on -> Nullable<Date>,
        came_by -> Text,
        acknowledge_by -> Nullable<Date>,
        remedy -> Nullable<Text>,
        credit_cents -> BigInt,
    }
}

diesel::table! {
    dispute_hearings (id) {
        id -> BigInt,
        request_id -> BigInt,
        on_date -> Date,
        hour -> Text,
        place -> Text,
        set_by -> Text,
        set_at -> Timestamp,
        attended -> Nullable<Text>,
        words -> Nullable<Text>,
        recorded_by -> Nullable<Text>,
        recorded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    request_documents (id) {
        id -> BigInt,
        request_id -> BigInt,
        name -> Text,
        media_type -> Text,
        sha256 -> Text,
        size_bytes -> Integer,
        bytes -> Binary,
        sent_by -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    arrangements (id) {
        id -> BigInt,
        number -> Text,
        request_key -> Text,
        account_id -> BigInt,
        kind -> Text,
        amount_cents -> BigInt,
        grace_days -> Integer,
        state -> Text,
        channel -> Text,
        agreement -> Text,
        language -> Text,
        policy_version -> Integer,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        ended_on -> Nullable<Date>,
    }
}

diesel::table! {
    arrangement_installments (arrangement_id, position) {
        arrangement_id -> BigInt,
        position -> Integer,
        due_on -> Date,
        amount_cents -> BigInt,
    }
}

diesel::table! {
    arrangement_debts (arrangement_id, entry_id) {
        arrangement_id -> BigInt,
        entry_id -> BigInt,
        amount_cents -> BigInt,
        beside_cents -> BigInt,
    }
}

diesel::table! {
    arrangement_steps (id) {
        id -> BigInt,
        arrangement_id -> BigInt,
        state -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    budget_plans (id) {
        id -> BigInt,
        account_id -> BigInt,
        variant -> Text,
        settle -> Text,
        level_cents -> BigInt,
        spread_cents -> BigInt,
        state -> Text,
        agreement -> Text,
        language -> Text,
        policy_version -> Integer,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        ended_on -> Nullable<Date>,
        cycle_months -> Integer,
    }
}

diesel::table! {
    budget_plan_bills (bill_id) {
        bill_id -> BigInt,
        plan_id -> BigInt,
        place -> Integer,
        asked_cents -> BigInt,
        deferred_cents -> BigInt,
        difference_cents -> BigInt,
    }
}

diesel::table! {
    budget_plan_steps (id) {
        id -> BigInt,
        plan_id -> BigInt,
        kind -> Text,
        level_cents -> BigInt,
        spread_cents -> BigInt,
        settled_cents -> BigInt,
        words -> Nullable<Text>,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
    }
}

diesel::table! {
    authenticators (id) {
        id -> BigInt,
        login_id -> Nullable<BigInt>,
        staff_id -> Nullable<BigInt>,
        secret -> Text,
        begun_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    recovery_codes (login_id, code_hash) {
        login_id -> BigInt,
        code_hash -> Text,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkeys (id) {
        id -> BigInt,
        login_id -> BigInt,
        handle -> Text,
        credential_id -> Text,
        credential -> Text,
        name -> Text,
        made_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    passkey_challenges (token_hash) {
        token_hash -> Text,
        login_id -> Nullable<BigInt>,
        handle -> Nullable<Text>,
        state -> Text,
        until_at -> Timestamp,
    }
}

diesel::table! {
    landlord_instructions (id) {
        id -> BigInt,
        premise_id -> BigInt,
        account_id -> BigInt,
        instruction -> Text,
        given_by -> Text,
        given_at -> Timestamp,
        given_on -> Date,
    }
}

diesel::table! {
    landlord_agreements (service_agreement_id) {
        service_agreement_id -> BigInt,
        follows_id -> BigInt,
    }
}

diesel::table! {
    service_orders (id) {
        id -> BigInt,
        number -> Text,
        order_key -> Text,
        kind -> Text,
        state -> Text,
        urgency -> Text,
        account_id -> BigInt,
        cycle_id -> BigInt,
        premise_id -> Nullable<BigInt>,
        service_point_id -> Nullable<BigInt>,
        meter_id -> Nullable<BigInt>,
        request_id -> Nullable<BigInt>,
        follows_id -> Nullable<BigInt>,
        instructions -> Text,
        due_on -> Date,
        appointed_on -> Nullable<Date>,
        slot -> Text,
        assignee_staff_id -> Nullable<BigInt>,
        may_on -> Nullable<Date>,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        closed_at -> Nullable<Timestamp>,
        closed_on -> Nullable<Date>,
        told_on -> Nullable<Date>,
    }
}

diesel::table! {
    service_order_steps (id) {
        id -> BigInt,
        order_id -> BigInt,
        step_key -> Nullable<Text>,
        made_by -> Text,
        made_at -> Timestamp,
        made_on -> Date,
        state -> Nullable<Text>,
        reason -> Nullable<Text>,
        finding -> Nullable<Text>,
        words -> Nullable<Text>,
        worked_on -> Nullable<Date>,
        latitude -> Nullable<Text>,
        longitude -> Nullable<Text>,
        assignee_staff_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    service_order_photos (id) {
        id -> BigInt,
        order_id -> BigInt,
        media_type -> Text,
        sha256 -> Text,
        size_bytes -> Integer,
        bytes -> Binary,
        sent_by -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    point_switches (id) {
        id -> BigInt,
        service_point_id -> BigInt,
        is_on -> Bool,
        from_on -> Date,
        order_id -> BigInt,
        made_by -> Text,
        made_at -> Timestamp,
    }
}

diesel::joinable!(text_numbers -> logins (login_id));
diesel::table! {
    former_cycles (account_id, until_on) {
        account_id -> BigInt,
        cycle_id -> BigInt,
        until_on -> Date,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    coming_addresses (customer_id) {
        customer_id -> BigInt,
        account_id -> BigInt,
        from_on -> Date,
        mailing_address -> Nullable<Text>,
        entered_by -> Text,
        entered_at -> Timestamp,
    }
}

diesel::joinable!(former_cycles -> accounts (account_id));
diesel::joinable!(former_cycles -> cycles (cycle_id));
diesel::joinable!(coming_addresses -> customers (customer_id));
diesel::table! {
    holds (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        kind -> Text,
        follows_id -> Nullable<BigInt>,
        from_on -> Date,
        until_on -> Nullable<Date>,
        remind_on -> Nullable<Date>,
        stops -> Text,
        then_do -> Text,
        is_provisional -> Bool,
        signer -> Nullable<Text>,
        reason -> Text,
        policy_version -> Integer,
        placed_by -> Text,
        placed_at -> Timestamp,
        placed_on -> Date,
    }
}

diesel::table! {
    hold_lifts (hold_id) {
        hold_id -> BigInt,
        ends_on -> Date,
        reason -> Text,
        lifted_by -> Text,
        lifted_at -> Timestamp,
    }
}

diesel::table! {
    hold_documents (id) {
        id -> BigInt,
        hold_id -> BigInt,
        name -> Text,
        media_type -> Text,
        sha256 -> Text,
        size_bytes -> Integer,
        bytes -> Binary,
        sent_by -> Text,
        sent_at -> Timestamp,
    }
}

diesel::table! {
    hold_reviews (hold_id) {
        hold_id -> BigInt,
        raised_on -> Date,
        raised_at -> Timestamp,
        owner_staff_id -> Nullable<BigInt>,
        closed_on -> Nullable<Date>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        words -> Nullable<Text>,
    }
}

diesel::table! {
    moratoria (id) {
        id -> BigInt,
        request_key -> Text,
        class -> Nullable<Text>,
        commodity -> Nullable<Text>,
        from_on -> Date,
        until_on -> Date,
        stops -> Text,
        reason -> Text,
        policy_version -> Integer,
        declared_by -> Text,
        declared_at -> Timestamp,
        declared_on -> Date,
    }
}

diesel::table! {
    moratorium_ends (moratorium_id) {
        moratorium_id -> BigInt,
        ends_on -> Date,
        reason -> Text,
        ended_by -> Text,
        ended_at -> Timestamp,
    }
}

diesel::table! {
    shutoff_notices (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        kind -> Text,
        way -> Text,
        given_on -> Date,
        is_proven -> Bool,
        words -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        recorded_on -> Date,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> BigInt,
        staff_id -> BigInt,
        queue -> Text,
        name -> Text,
        query -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    income_certifications (id) {
        id -> BigInt,
        request_key -> Text,
        account_id -> BigInt,
        proof -> Text,
        words -> Text,
        from_on -> Date,
        until_on -> Date,
        certified_by -> Text,
        certified_at -> Timestamp,
        certified_on -> Date,
        ended_on -> Nullable<Date>,
        ended_by -> Nullable<Text>,
        end_words -> Nullable<Text>,
    }
}

diesel::table! {
    forecasts (id) {
        id -> BigInt,
        day -> Date,
        low -> Integer,
        high -> Integer,
        seen_by -> Text,
        seen_at -> Timestamp,
        seen_on -> Date,
    }
}

diesel::joinable!(landlord_agreements -> service_agreements (service_agreement_id));
diesel::joinable!(landlord_instructions -> premises (premise_id));
diesel::joinable!(landlord_instructions -> accounts (account_id));
diesel::joinable!(authenticators -> logins (login_id));
diesel::joinable!(sessions -> logins (login_id));
diesel::joinable!(sessions -> staff (staff_id));
diesel::joinable!(customer_history -> customers (customer_id));
diesel::joinable!(customer_merge_moves -> customer_merges (merge_id));
diesel::joinable!(read_routes -> cycles (cycle_id));
diesel::joinable!(customer_merge_undos -> customer_merges (merge_id));
diesel::joinable!(place_merge_undos -> place_merges (merge_id));
diesel::joinable!(contact_points -> customers (customer_id));
diesel::joinable!(cycle_periods -> cycles (cycle_id));
diesel::joinable!(accounts -> cycles (cycle_id));
diesel::joinable!(account_statuses -> accounts (account_id));
diesel::joinable!(account_roles -> accounts (account_id));
diesel::joinable!(account_roles -> customers (customer_id));
diesel::joinable!(account_roles -> premises (premise_id));
diesel::joinable!(login_accounts -> logins (login_id));
diesel::joinable!(login_accounts -> accounts (account_id));
diesel::joinable!(notes -> accounts (account_id));
diesel::joinable!(calls -> accounts (account_id));
diesel::joinable!(calls -> staff (staff_id));
diesel::joinable!(calls -> notes (note_id));
diesel::joinable!(search_terms -> accounts (account_id));
diesel::joinable!(service_points -> premises (premise_id));
diesel::joinable!(registers -> meters (meter_id));
diesel::joinable!(meter_installs -> meters (meter_id));
diesel::joinable!(meter_installs -> service_points (service_point_id));
diesel::joinable!(service_agreements -> accounts (account_id));
diesel::joinable!(service_agreements -> service_points (service_point_id));
diesel::joinable!(agreement_facts -> service_agreements (service_agreement_id));
diesel::joinable!(service_suspensions -> service_agreements (service_agreement_id));
diesel::joinable!(import_rejections -> imports (import_id));
diesel::joinable!(reads -> registers (register_id));
diesel::joinable!(reads -> imports (import_id));
diesel::joinable!(interval_days -> registers (register_id));
diesel::joinable!(interval_days -> imports (import_id));
diesel::joinable!(register_days -> registers (register_id));
diesel::joinable!(register_days -> imports (import_id));
diesel::joinable!(ledger_entries -> accounts (account_id));
diesel::joinable!(ledger_postings -> ledger_entries (entry_id));
diesel::joinable!(open_items -> ledger_entries (entry_id));
diesel::joinable!(bill_runs -> cycle_periods (cycle_period_id));
diesel::joinable!(bills -> accounts (account_id));
diesel::joinable!(bills -> bill_runs (run_id));
diesel::joinable!(bill_segments -> bills (bill_id));
diesel::joinable!(bill_segments -> service_agreements (service_agreement_id));
diesel::joinable!(bill_segments -> rate_schedules (rate_schedule_id));
diesel::joinable!(bill_lines -> bills (bill_id));
diesel::joinable!(bill_cancellations -> bills (bill_id));
diesel::joinable!(bill_cancellations -> ledger_entries (entry_id));
diesel::joinable!(bill_deliveries -> bills (bill_id));
diesel::joinable!(bill_documents -> bills (bill_id));
diesel::joinable!(print_pieces -> bills (bill_id));
diesel::joinable!(print_pieces -> notices (notice_id));
diesel::joinable!(print_items -> print_pieces (piece_id));
diesel::joinable!(print_items -> accounts (account_id));
diesel::joinable!(payments -> accounts (account_id));
diesel::joinable!(payments -> joint_payments (joint_payment_id));
diesel::joinable!(payment_moves -> payments (payment_id));
diesel::joinable!(payment_moves -> ledger_entries (entry_id));
diesel::joinable!(payment_methods -> accounts (account_id));
diesel::joinable!(autopay_enrolments -> accounts (account_id));
diesel::joinable!(autopay_enrolments -> payment_methods (payment_method_id));
diesel::joinable!(autopay_charges -> autopay_enrolments (enrolment_id));
diesel::joinable!(autopay_charges -> bills (bill_id));
diesel::joinable!(saved_payments -> payments (payment_id));
diesel::joinable!(saved_payments -> payment_methods (payment_method_id));
diesel::joinable!(saved_payments -> autopay_charges (autopay_charge_id));
diesel::joinable!(saved_payments -> scheduled_payments (scheduled_payment_id));
diesel::joinable!(scheduled_payments -> payment_methods (payment_method_id));
diesel::joinable!(processor_lines -> payments (payment_id));
diesel::joinable!(processor_lines -> payouts (payout_id));
diesel::joinable!(processor_line_entries -> processor_lines (processor_line_id));
diesel::joinable!(exceptions -> accounts (account_id));
diesel::joinable!(exceptions -> staff (owner_staff_id));
diesel::joinable!(notices -> accounts (account_id));
diesel::joinable!(service_requests -> accounts (account_id));
diesel::joinable!(service_requests -> staff (owner_staff_id));
diesel::joinable!(request_steps -> service_requests (request_id));
diesel::joinable!(request_photos -> service_requests (request_id));
diesel::joinable!(bill_disputes -> service_requests (request_id));
diesel::joinable!(dispute_hearings -> service_requests (request_id));
diesel::joinable!(request_documents -> service_requests (request_id));
diesel::joinable!(bill_disputes -> bills (bill_id));
diesel::joinable!(arrangements -> accounts (account_id));
diesel::joinable!(arrangement_installments -> arrangements (arrangement_id));
diesel::joinable!(arrangement_debts -> arrangements (arrangement_id));
diesel::joinable!(arrangement_steps -> arrangements (arrangement_id));
diesel::joinable!(budget_plans -> accounts (account_id));
diesel::joinable!(budget_plan_bills -> budget_plans (plan_id));
diesel::joinable!(budget_plan_bills -> bills (bill_id));
diesel::joinable!(budget_plan_steps -> budget_plans (plan_id));
diesel::joinable!(account_invitations -> accounts (account_id));
diesel::joinable!(alert_preferences -> accounts (account_id));
diesel::joinable!(outage_areas -> outages (outage_id));
diesel::joinable!(outage_accounts -> outages (outage_id));
diesel::joinable!(outage_accounts -> accounts (account_id));
diesel::joinable!(outage_updates -> outages (outage_id));
diesel::joinable!(outage_reports -> accounts (account_id));
diesel::joinable!(holds -> accounts (account_id));
diesel::joinable!(hold_lifts -> holds (hold_id));
diesel::joinable!(hold_documents -> holds (hold_id));
diesel::joinable!(hold_reviews -> holds (hold_id));
diesel::joinable!(moratorium_ends -> moratoria (moratorium_id));
diesel::joinable!(shutoff_notices -> accounts (account_id));
diesel::joinable!(refund_check_voids -> refund_checks (entry_id));
diesel::joinable!(income_certifications -> accounts (account_id));
diesel::joinable!(service_orders -> accounts (account_id));
diesel::joinable!(service_order_steps -> service_orders (order_id));
diesel::joinable!(service_order_photos -> service_orders (order_id));
diesel::joinable!(point_switches -> service_orders (order_id));
diesel::joinable!(point_switches -> service_points (service_point_id));
diesel::joinable!(deposits -> accounts (account_id));
diesel::joinable!(deposit_moves -> deposits (deposit_id));
diesel::joinable!(deposit_moves -> ledger_entries (entry_id));

diesel::joinable!(dispute_proposals -> service_requests (request_id));
diesel::joinable!(payment_refunds -> payments (payment_id));
diesel::joinable!(work_marks -> staff (owner_staff_id));

// Which tables one statement may name together. Written pair by pair: all with all is a hundred thousand rules for the compiler, and a good part
// of its time; a pair that is missing it asks for by name.
macro_rules! together {
    ($($table:ident: $($other:ident)+;)+) => {
        $($(diesel::allow_tables_to_appear_in_same_query!($table, $other);)+)+
    };
}

together! {
    account_invitations: accounts;
    account_roles: accounts calls contact_points customer_history customers former_cycles lead_notices login_accounts
        own_numbers premises print_pieces service_agreements service_points sessions staff;
    account_statuses: accounts;
    accounts: agreement_facts alert_preferences arrangements audit_rows authenticators autopay_enrolments bill_cancellations
        bill_deliveries bill_documents bill_lines bill_runs bill_segments bills budget_plan_bills budget_plans calls
        contact_points corrections customers cycle_periods cycles deposits exceptions fee_reversals forecasts former_cycles
        hold_lifts holds imports income_certifications joint_payments landlord_agreements landlord_instructions ledger_entries
        ledger_postings login_accounts logins meter_installs meters moratoria moratorium_ends notes notices open_items
        outage_accounts outage_reports outages own_numbers payment_methods payment_moves payments premises print_items
        print_pieces print_pulls rate_schedules reads registers saved_filters scheduled_payments search_terms service_agreements
        service_orders service_points service_requests sessions settings shutoff_notices staff text_numbers usage_budgets
        write_offs;
    agreement_facts: bills customers exceptions logins meters premises reads service_agreements staff;
    alert_preferences: text_numbers;
    arrangement_debts: arrangement_installments arrangements open_items;
    arrangement_installments: arrangements open_items;
    arrangement_steps: arrangements;
    arrangements: bill_runs bills budget_plans calls corrections customers cycles deposits exceptions fee_reversals holds
        imports joint_payments ledger_entries meters notes notices open_items outages payment_refunds payments premises
        provider_events reads saved_filters scheduled_payments sessions staff work_marks;
    audit_rows: logins notices outages recovery_codes sessions;
    authenticators: customers login_accounts logins notices passkeys recovery_codes sessions staff;
    autopay_charges: autopay_enrolments bills saved_payments;
    autopay_enrolments: payment_methods;
    bill_cancellations: bill_deliveries bill_lines bill_segments bills budget_plan_bills budget_plans exceptions ledger_entries
        login_accounts logins meters premises print_items print_pieces print_pulls rate_schedules reads registers
        service_agreements service_points;
    bill_deliveries: bill_lines bill_segments bills budget_plan_bills holds ledger_entries logins meters notices payments
        premises print_batches rate_schedules reads registers service_agreements service_points staff;
    bill_disputes: bills budget_plan_bills ledger_entries open_items service_requests;
    bill_documents: bills;
    bill_lines: bill_segments bills budget_plan_bills cycles exceptions ledger_entries meters premises rate_schedules reads
        registers service_agreements service_points;
    bill_runs: bills budget_plans cycle_periods cycles exceptions fee_reversals holds open_items outages payment_refunds
        provider_events;
    bill_segments: bills budget_plan_bills cycles exceptions ledger_entries meters premises rate_schedules reads registers
        service_agreements service_points;
    bills: budget_plan_bills budget_plans calls corrections customers cycles deposits exceptions fee_reversals forecasts holds
        imports ledger_entries login_accounts logins meters notes notices open_items outages payments premises print_pieces
        rate_schedules reads registers saved_filters scheduled_payments service_agreements service_points service_requests
        sessions staff;
    budget_plan_bills: budget_plans ledger_entries login_accounts meters open_items premises rate_schedules reads registers
        service_agreements service_points;
    budget_plan_steps: budget_plans;
    budget_plans: calls cycles deposits exceptions fee_reversals holds open_items outages payment_refunds payments premises
        provider_events reads saved_filters staff;
    calls: corrections customers deposits exceptions fee_reversals holds imports meters notes outages payment_refunds payments
        premises reads saved_filters scheduled_payments sessions staff;
    coming_addresses: contact_points customers;
    contact_points: customers former_cycles login_accounts logins open_items own_numbers payments service_agreements
        service_points staff text_numbers;
    corrections: customers deposits exceptions fee_reversals holds imports meters notes outages payments premises reads
        scheduled_payments sessions staff;
    customer_credits: ledger_entries ledger_postings open_items;
    customer_history: customers own_numbers;
    customer_merge_moves: customer_merges;
    customer_merge_undos: customer_merges;
    customers: deposits exceptions fee_reversals former_cycles holds imports lead_notices logins meters notes notices outages
        own_numbers passkeys payment_methods payments premises reads responsibility_changes scheduled_payments sessions staff
        work_marks;
    cycle_periods: cycles exceptions former_cycles;
    cycles: exceptions forecasts former_cycles meters notes open_items outage_areas premises print_batches read_routes reads
        service_agreements sessions settings staff usage_budgets;
    deposit_moves: deposits ledger_applications ledger_entries;
    deposits: exceptions fee_reversals holds imports ledger_applications ledger_entries meters notes open_items outages
        payment_refunds payments premises reads saved_filters scheduled_payments sessions staff write_offs;
    dispute_hearings: service_requests;
    dispute_proposals: payment_refunds service_requests;
    exceptions: fee_reversals holds import_rejections imports interval_days logins meters moratoria notes notices outages
        payment_methods payment_moves payment_refunds payments premises provider_events reads register_days saved_filters
        scheduled_payments sessions settings staff;
    fee_reversals: holds imports ledger_applications ledger_entries meters notes outages payment_refunds payments premises
        provider_events reads scheduled_payments sessions staff;
    forecasts: meters premises usage_budgets;
    former_cycles: login_accounts meter_installs meters premises registers service_agreements service_points;
    hold_documents: holds;
    hold_lifts: hold_reviews holds;
    hold_reviews: holds;
    holds: imports logins meters moratoria moratorium_ends notes notices open_items outages payment_methods payment_refunds
        payments premises provider_events reads saved_filters scheduled_payments service_agreements service_points sessions
        settings staff write_offs;
    import_rejections: imports interval_days reads register_days;
    imports: interval_days meters notes outages payments premises reads register_days scheduled_payments sessions staff;
    interval_days: reads register_days registers;
    joint_payments: payment_moves payments;
    landlord_agreements: premises service_agreements service_points;
    landlord_instructions: premises service_agreements service_points;
    ledger_applications: ledger_entries ledger_postings open_items;
    ledger_entries: ledger_postings meters open_items own_numbers payment_moves payments premises rate_schedules reads registers
        service_agreements service_points service_requests;
    ledger_postings: open_items;
    login_accounts: logins notices;
    logins: moratoria notes notices outages passkeys payment_methods payment_moves payments premises provider_events
        recovery_codes scheduled_payments sessions settings staff text_numbers usage_budgets;
    meter_installs: meters premises reads registers route_stops service_agreements service_points;
    meters: notes outages payments premises rate_schedules reads registers scheduled_payments service_agreements service_points
        sessions staff;
    moratoria: moratorium_ends notes outages payment_methods premises scheduled_payments service_agreements service_points;
    moratorium_ends: premises service_agreements service_points;
    name_changes: premises;
    notes: open_items outages payment_methods payments premises reads scheduled_payments sessions staff;
    notice_texts: policies;
    notices: passkeys payments premises print_pieces reads recovery_codes refund_checks scheduled_payments sessions settings
        staff text_numbers work_marks;
    open_items: own_numbers payments policies premises reads scheduled_payments;
    outage_accounts: outage_updates outages;
    outage_areas: outages staff;
    outage_reports: outages text_numbers;
    outage_updates: outages;
    outages: payment_methods payment_refunds payments premises provider_events reads scheduled_payments sessions staff
        text_numbers;
    own_numbers: premises reads search_terms;
    passkey_challenges: passkeys;
    passkeys: recovery_codes scheduled_payments sessions text_numbers;
    payment_methods: payment_moves payments premises provider_events saved_payments scheduled_payments;
    payment_moves: payment_refunds payments;
    payment_refunds: payments provider_events reads saved_filters;
    payments: policies premises processor_lines provider_events reads saved_payments scheduled_payments sessions settings staff
        write_offs;
    payouts: processor_lines;
    place_merge_undos: place_merges;
    point_switches: service_orders service_points;
    policies: policy_proposals;
    premises: rate_schedules reads registers route_stops scheduled_payments service_agreements service_points sessions settings
        staff;
    print_batches: print_items print_letters settings;
    print_items: print_letters print_pieces print_pulls;
    print_letters: print_pieces;
    print_pieces: print_pulls print_waits;
    processor_line_entries: processor_lines;
    processor_lines: processor_readings;
    provider_events: sandbox_deliveries;
    rate_schedules: reads registers service_agreements service_points;
    reads: register_days registers saved_filters scheduled_payments service_agreements service_points sessions settings staff;
    recovery_codes: sessions;
    refund_check_voids: refund_checks;
    register_days: registers;
    registers: service_agreements service_points settings;
    request_documents: service_requests staff;
    request_photos: service_requests;
    request_steps: service_requests;
    route_stops: service_points;
    saved_filters: staff;
    saved_payments: scheduled_payments;
    scheduled_payments: sessions settings staff text_numbers;
    service_agreements: service_points service_suspensions;
    service_order_photos: service_orders;
    service_order_steps: service_orders;
    service_requests: staff;
    sessions: settings staff text_numbers;
    settings: staff weather_days;
    staff: text_numbers work_marks;
    text_numbers: usage_budgets;
}
